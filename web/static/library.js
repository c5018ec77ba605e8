// Live progress of readings, and dropping files on the upload box. The pages work without it.
// What somebody chose, opened or wrote stays: on the shelf the line of a reading alone is put anew.

// A browser holds six lines to a server: those left carry the pages, and files on their way.
const MOST_FOLLOWED = 3;
const followed = new Map();

function followAll() {
  // the oldest are worked on first
  for (const box of [...document.querySelectorAll("[data-events]")].reverse()) {
    if (followed.size >= MOST_FOLLOWED) return;
    if (!followed.has(box)) follow(box);
  }
}

function follow(box) {
  const source = new EventSource(box.dataset.events);
  followed.set(box, source);
  source.addEventListener("progress", (event) => apply(box, JSON.parse(event.data)));
  source.addEventListener("end", () => renew(box));
  // a reading that went away before we listened is refused for good; a lost line is taken up again by itself
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(() => renew(box), 2000);
  });
}

function leave(box) {
  followed.get(box)?.close();
  followed.delete(box);
}

function apply(box, standing) {
  const badge = box.querySelector("[data-state]");
  const isOther = badge && badge.dataset.state !== standing.state;
  if (isOther || (box.dataset.readable === "no" && standing.is_readable)) {
    renew(box);
    return;
  }
  const sentence = box.querySelector("[data-sentence]");
  if (sentence && sentence.textContent !== standing.sentence) sentence.textContent = standing.sentence;
  const bar = box.querySelector("progress");
  if (bar && standing.total) {
    bar.max = standing.total;
    bar.value = standing.done;
  } else {
    bar?.removeAttribute("value");
  }
}

function renew(box) {
  leave(box);
  if (box.closest(".shelf")) renewShelf();
  // never by a reload: that would send a form again which this page answers
  else if (document.querySelector("[data-waits]") && !hasUnsent()) location.replace(location.pathname + location.search);
  else box.querySelector("progress")?.remove();
}

let isAsking = false;
let isToAskAgain = false;

async function renewShelf() {
  if (isAsking) {
    isToAskAgain = true;
    return;
  }
  isAsking = true;
  do {
    isToAskAgain = false;
    await takeLines();
  } while (isToAskAgain);
  isAsking = false;
  followAll();
}

async function takeLines() {
  let answer;
  try {
    answer = await fetch("/", { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of document.querySelectorAll(".shelf > [data-events]")) putAnew(old, fresh.getElementById(old.id));
  } catch {
    // the line to the service is gone: what stands here stays
  }
}

function putAnew(old, fresh) {
  const state = (line) => line?.querySelector("[data-state]").dataset.state;
  const isSame = followed.has(old) && state(old) === state(fresh) && old.dataset.readable === fresh?.dataset.readable;
  if (isSame) return;
  leave(old);
  if (!fresh) {
    old.remove();
    return;
  }
  const wasOpen = [...old.querySelectorAll("details")].map((one) => one.open);
  fresh.querySelectorAll("details").forEach((one, at) => {
    one.open = wasOpen[at] ?? one.open;
  });
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(fresh);
  if (hadFocus) fresh.querySelector("a, button, summary")?.focus();
}

function hasUnsent() {
  return [...document.querySelectorAll("main input, main textarea, main select")].some((field) => {
    if (field.type === "hidden") return false;
    if (field.type === "file") return field.files.length > 0;
    if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
    if (field.matches("select")) return [...field.options].some((one) => one.selected && !one.defaultSelected && one.index);
    return field.value !== field.defaultValue;
  });
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

// The library that answers a form stands at the form's address: loading it anew by hand must not send the form again.
const shelfPage = document.querySelector("[data-library]");
if (shelfPage && location.pathname !== "/") history.replaceState(null, "", "/");
followAll();
document.querySelectorAll("form.upload").forEach(takeDrops);
