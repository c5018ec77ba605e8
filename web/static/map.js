// Pan, zoom and focus for the concept map. Without script the map scrolls; the list below it says the same.

const frame = document.querySelector(".map");
const drawing = frame?.querySelector("svg");

// Units of the drawing to a pixel of the screen: above it the labels are too small, so a part is shown at first.
const READABLE = 1.1;

function build() {
  const bar = document.querySelector(".map-bar");
  const focus = document.querySelector("#focus");
  const said = document.querySelector("[data-said]");
  const whole = drawing.viewBox.baseVal;
  const full = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  let view = { ...full };
  const nodes = [...drawing.querySelectorAll("[data-node]")];
  const edges = [...drawing.querySelectorAll("[data-source]")];

  const apply = () => drawing.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  const scale = () => Math.max(view.width / frame.clientWidth, view.height / frame.clientHeight);
  const zoom = (factor, x = view.x + view.width / 2, y = view.y + view.height / 2) => {
    const width = Math.min(full.width * 2, Math.max(120, view.width / factor));
    const by = width / view.width;
    view = { x: x - (x - view.x) * by, y: y - (y - view.y) * by, width, height: view.height * by };
    apply();
  };
  const pan = (dx, dy) => {
    view.x += dx * scale();
    view.y += dy * scale();
    apply();
  };
  const fit = () => {
    view = { ...full };
    apply();
  };
  const at = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
    return [point.x, point.y];
  };

  const lookAt = (id) => {
    const middle = nodes.find((node) => node.dataset.node === id);
    const near = new Set(middle ? [id, ...middle.dataset.neighbours.split(" ").filter(Boolean)] : []);
    for (const node of nodes) node.classList.toggle("dim", Boolean(middle) && !near.has(node.dataset.node));
    for (const edge of edges) edge.classList.toggle("dim", Boolean(middle) && edge.dataset.source !== id && edge.dataset.target !== id);
    for (const entry of document.querySelectorAll(".concepts > li")) entry.hidden = Boolean(middle) && !near.has(entry.dataset.id);
    focus.value = middle ? id : "";
    said.textContent = middle ? `Showing ${focus.selectedOptions[0].text} and ${near.size - 1} beside it.` : "Showing every concept.";
    if (middle) frameOn(nodes.filter((node) => near.has(node.dataset.node)));
    else fit();
  };
  const frameOn = (shown) => {
    const boxes = shown.map((node) => node.getBBox());
    if (!boxes.length) return;
    const x = Math.min(...boxes.map((box) => box.x)) - 40;
    const y = Math.min(...boxes.map((box) => box.y)) - 40;
    const width = Math.max(...boxes.map((box) => box.x + box.width)) + 40 - x;
    const height = Math.max(...boxes.map((box) => box.y + box.height)) + 40 - y;
    view = { x, y, width: Math.max(width, 320), height: Math.max(height, 200) };
    apply();
  };

  frame.classList.add("live");
  drawing.setAttribute("preserveAspectRatio", "xMidYMid meet");
  if (scale() > READABLE) {
    view = { x: full.x, y: full.y, width: frame.clientWidth * READABLE, height: frame.clientHeight * READABLE };
    apply();
  }
  bar.hidden = false;
  bar.querySelectorAll("[data-zoom]").forEach((button) => button.addEventListener("click", () => zoom(Number(button.dataset.zoom))));
  bar.querySelector("[data-fit]").addEventListener("click", () => lookAt(""));
  focus.addEventListener("change", () => lookAt(focus.value));
  drawing.addEventListener("click", (event) => {
    const node = event.target.closest("[data-node]");
    if (!node) return;
    event.preventDefault();
    if (!isDragged) lookAt(focus.value === node.dataset.node ? "" : node.dataset.node);
  });
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.15 : 0.87, ...at(event));
  }, { passive: false });

  const fingers = new Map();
  let isDragged = false;
  let spread = 0;
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    isDragged = false;
    spread = 0;
  });
  frame.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    fingers.set(event.pointerId, event);
    if (fingers.size === 2) {
      const [one, other] = [...fingers.values()];
      const now = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      if (spread) zoom(now / spread, ...at(event));
      spread = now;
      isDragged = true;
      return;
    }
    const dx = before.clientX - event.clientX;
    const dy = before.clientY - event.clientY;
    if (Math.abs(dx) + Math.abs(dy) > 2 && !isDragged) {
      isDragged = true;
      frame.setPointerCapture(event.pointerId);
    }
    pan(dx, dy);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) frame.addEventListener(name, (event) => fingers.delete(event.pointerId));

  const steps = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
  frame.addEventListener("keydown", (event) => {
    if (steps[event.key]) pan(...steps[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0" || event.key === "Escape") lookAt("");
    else return;
    event.preventDefault();
  });
}

if (drawing?.viewBox?.baseVal?.width) build();
