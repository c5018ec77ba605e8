// Nothing moves: after a hint or an answer the browser comes back to the question it was about. Words of support
// are what to read first, wherever the browser was.

const key = "margent-quiz-at";
const form = document.querySelector("form:has(.items)");
const support = document.querySelector(".calm");

form?.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "again") sessionStorage.setItem(key, String(scrollY));
});
const before = sessionStorage.getItem(key);
sessionStorage.removeItem(key);
if (support) {
  support.scrollIntoView({ behavior: "instant" });
  support.querySelector("h2").focus({ preventScroll: true });
} else if (before !== null && form) {
  scrollTo({ top: Number(before), behavior: "instant" });
}
