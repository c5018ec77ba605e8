// Live progress of readings, and dropping files on the upload box. The pages work without it.

function follow(box) {
  const source = new EventSource(box.dataset.events);
  const bar = box.querySelector("progress");
  const sentence = box.querySelector("[data-sentence]");
  const apply = (event) => {
    const standing = JSON.parse(event.data);
    if (sentence && sentence.textContent !== standing.sentence) sentence.textContent = standing.sentence;
    if (bar && standing.total) {
      bar.max = standing.total;
      bar.value = standing.done;
    } else {
      bar?.removeAttribute("value");
    }
    return standing;
  };
  const before = box.dataset.readable;
  source.addEventListener("progress", (event) => {
    const standing = apply(event);
    if (before === "no" && standing.is_readable) finish();
  });
  source.addEventListener("end", finish);
  // a reading that went away before we listened is refused for good; a lost line is taken up again by itself
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(finish, 2000);
  });
  function finish() {
    source.close();
    if (!isBusy()) location.reload();
  }
}

// Somebody who is writing is not interrupted, nor is somebody who reads: only a place that waits is loaded anew.
function isBusy() {
  const field = document.activeElement;
  const isWriting = field?.matches?.("textarea, input:not([type=file]), select") && field.value;
  const isReading = document.querySelector("[data-quiet]") && !document.querySelector("[data-waits]");
  return Boolean(isWriting || isReading);
}

function takeDrops(form) {
  const field = form.querySelector("input[type=file]");
  const said = form.querySelector("[data-problem]");
  const limit = Number(form.dataset.limit);
  const say = (words) => {
    said.textContent = words;
    said.hidden = !words;
  };
  const tooLarge = () => [...field.files].filter((file) => file.size > limit);
  const check = () => {
    const names = tooLarge().map((file) => file.name).join(", ");
    say(names ? `Too large: ${names}. The limit is ${Math.round(limit / 1e6)} MB for each file.` : "");
    return !names;
  };
  field.addEventListener("change", check);
  form.addEventListener("submit", (event) => {
    if (!check()) event.preventDefault();
  });
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    if (check()) form.requestSubmit();
  });
}

document.querySelectorAll("[data-events]").forEach(follow);
document.querySelectorAll("form.upload").forEach(takeDrops);
