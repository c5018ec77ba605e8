// A deck out of the list of cards: one card at a time, flipped and turned by click or key.

const list = document.querySelector(".cards");

function build() {
  const sheet = list.closest(".sheet");
  const bar = sheet.querySelector(".deck-bar");
  const said = bar.querySelector("[data-position]");
  const cards = [...list.children];
  const first = Number(list.dataset.first);
  const count = Number(list.dataset.count);
  let at = location.hash === "#last" ? cards.length - 1 : Math.max(0, cards.findIndex((card) => `#${card.id}` === location.hash));

  const show = (moves) => {
    cards.forEach((card, index) => {
      card.classList.toggle("now", index === at);
      if (index !== at) card.querySelector("details").open = false;
    });
    said.textContent = `Card ${first + at} of ${count}`;
    bar.querySelector("[data-move='-1']").disabled = at === 0 && !list.dataset.before;
    bar.querySelector("[data-move='1']").disabled = at === cards.length - 1 && !list.dataset.after;
    if (moves) cards[at].querySelector("summary").focus({ preventScroll: true });
  };
  const move = (step) => {
    const to = at + step;
    if (to < 0 && list.dataset.before) location.assign(`${list.dataset.before}#last`);
    else if (to >= cards.length && list.dataset.after) location.assign(list.dataset.after);
    else if (to >= 0 && to < cards.length) {
      at = to;
      show(true);
    }
  };
  const flip = () => {
    const card = cards[at].querySelector("details");
    card.open = !card.open;
  };

  bar.hidden = false;
  sheet.querySelector("[data-plain]").hidden = true;
  const more = sheet.querySelector(".turn");
  if (more) more.hidden = true;
  sheet.classList.add("deck");
  bar.querySelectorAll("[data-move]").forEach((button) => button.addEventListener("click", () => move(Number(button.dataset.move))));
  bar.querySelector("[data-flip]").addEventListener("click", flip);
  const towardsEnd = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const towardsStart = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select")) return;
    const isFree = event.target === document.body || event.target.id === "main";
    if (event.key === towardsEnd) move(1);
    else if (event.key === towardsStart) move(-1);
    else if (event.key === " " && isFree) flip();
    else return;
    event.preventDefault();
  });
  show(false);
}

if (list?.children.length) build();
