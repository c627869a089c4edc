// The page is complete without this script; it adds sorting, filters, details and views.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const [CODE, KIND, SPOT, QUOTE, MESSAGE, EXPECTED, HINT, REASON] = [0, 1, 2, 3, 4, 5, 6, 7];
  const KEYS = ["name", "region", "kind", "result", "error", "warning", "info", "between", "explained", "hanzi", "pages"];
  const FILTERS = ["result", "region", "kind", "rule"];
  const LABELS = { result: "结果", region: "所在区", kind: "类别", rule: "规则" };
  const EMPTY = "-";
  const KINDS = [
    ["error", "逻辑校验，必须改正"], ["warning", "经验校验，改正或说明"],
    ["between", "与其他报送件比对"], ["info", "提示"], ["explained", "已说明"],
  ];
  const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });
  const order = new Map(data.results.map(([key], at) => [key, at]));
  const body = $("list").tBodies[0];
  const rows = [...body.rows];
  const views = [...document.querySelectorAll(".view")];
  const fails = data.fails.map((pairs) => new Map(pairs));
  const rules = [...document.querySelectorAll("tr[data-rule]")].map((row, code) => ({
    row, code, given: [row.cells[3].textContent, row.cells[4].textContent],
  }));
  let state = {};
  let shown = new Set(rows.keys());
  let haystacks = null;
  let arranged = "";

  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const cell = (at, key) => data.rows[at][KEYS.indexOf(key)];

  // -- the state, kept in the address so that it can be passed on ---------------------------

  const read = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    state = { v: given.get("v") || "items", q: given.get("q") || "", sort: "", dir: "" };
    for (const name of FILTERS) state[name] = given.get(name) || "";
    if (KEYS.includes(given.get("sort"))) state.sort = given.get("sort");
    state.dir = given.get("dir") === "desc" ? "desc" : "asc";
    const open = (given.get("open") || "").split(",").filter((at) => /^\d+$/.test(at));
    state.open = new Set(open.map(Number).filter((at) => at < rows.length));
    if (!views.some((view) => view.id === state.v)) state.v = "items";
  };

  const write = () => {
    const given = new URLSearchParams();
    if (state.v !== "items") given.set("v", state.v);
    for (const name of ["q", ...FILTERS]) if (state[name]) given.set(name, state[name]);
    if (state.sort) { given.set("sort", state.sort); given.set("dir", state.dir); }
    if (state.open.size) given.set("open", [...state.open].slice(0, 30).join(","));
    history.replaceState(null, "", `#${given}`);
  };

  const commit = () => { write(); apply(); };

  // -- which rows, and in which order --------------------------------------------------------

  const haystack = (at) => {
    const [list] = data.found[at];
    const texts = [data.search[at]];
    for (const found of list) texts.push(data.codes[found[CODE]][0], data.strings[found[MESSAGE]], data.strings[found[QUOTE]]);
    return texts.join("\n").toLowerCase();
  };

  const matches = (at, words, rule) => {
    for (const name of ["result", "region", "kind"]) {
      if (state[name] && (cell(at, name) || EMPTY) !== state[name]) return false;
    }
    if (state.rule && !fails[at].has(rule)) return false;
    if (!words.length) return true;
    haystacks = haystacks || rows.map((_, each) => haystack(each));
    return words.every((word) => haystacks[at].includes(word));
  };

  const compare = (one, other) => {
    const a = cell(one, state.sort), b = cell(other, state.sort);
    if (state.sort === "result") return order.get(a) - order.get(b);
    if (typeof a === "string" || typeof b === "string") return collator.compare(a || "", b || "");
    return (a ?? -1) - (b ?? -1);
  };

  const arrange = () => {
    const wanted = `${state.sort} ${state.dir}`;
    if (wanted !== arranged) {
      const places = [...rows.keys()];
      const turn = state.dir === "desc" ? -1 : 1;
      if (state.sort) places.sort((a, b) => turn * compare(a, b) || a - b);
      body.replaceChildren(...places.map((at) => rows[at]));
      arranged = wanted;
    }
    for (const head of $("list").tHead.rows[0].cells) {
      if (!head.dataset.sort) continue;
      if (head.dataset.sort === state.sort) head.setAttribute("aria-sort", state.dir === "desc" ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  };

  // -- details -------------------------------------------------------------------------------

  const finding = (found) => {
    const [code, title] = data.codes[found[CODE]];
    const box = make("div", "", { class: `finding ${KINDS[found[KIND]][0]}` });
    const text = (at) => data.strings[found[at]];
    box.append(make("p", text(MESSAGE), { class: "what" }));
    box.append(make("p", [text(SPOT), `${code} ${title}`].filter(Boolean).join("　"), { class: "where" }));
    if (text(QUOTE)) box.append(make("q", text(QUOTE)));
    if (text(EXPECTED)) box.append(make("p", `应为：${text(EXPECTED)}`));
    if (text(REASON)) box.append(make("p", `说明：${text(REASON)}`));
    else if (text(HINT)) box.append(make("p", `改法：${text(HINT)}`));
    return box;
  };

  const detail = (at) => {
    const [all, more] = data.found[at];
    const only = state.rule ? all.filter((found) => data.codes[found[CODE]][0] === state.rule) : all;
    const inside = make("td", "", { colspan: String(rows[at].cells.length) });
    KINDS.forEach(([, label], kind) => {
      const list = only.filter((found) => found[KIND] === kind);
      if (!list.length) return;
      inside.append(make("p", `${label}（${list.length}）`, { class: "group" }), ...list.map(finding));
    });
    if (only.length < all.length) inside.append(make("p", `只列出所选规则的 ${only.length} 条；清除筛选可看全部 ${all.length} 条。`, { class: "key" }));
    if (more) inside.append(make("p", `另有 ${more} 条未在本页列出，见检查结果。`, { class: "key" }));
    const line = make("tr", "", { class: "detail", id: `d${at}` });
    line.append(inside);
    return line;
  };

  const unfold = () => {
    for (const old of body.querySelectorAll(".detail")) old.remove();
    rows.forEach((row, at) => {
      const button = row.querySelector("button.open");
      if (!button) return;
      const open = state.open.has(at);
      button.setAttribute("aria-expanded", String(open));
      if (open && shown.has(at)) row.after(detail(at));
    });
  };

  /* How often each rule fails among the rows that are shown. */
  const recount = () => {
    const all = shown.size === rows.length;
    const items = new Map(), findings = new Map();
    for (const at of shown) {
      for (const [code, count] of fails[at]) {
        items.set(code, (items.get(code) || 0) + 1);
        findings.set(code, (findings.get(code) || 0) + count);
      }
    }
    for (const { row, code, given } of rules) {
      row.cells[3].textContent = all ? given[0] : items.get(code) || 0;
      row.cells[4].textContent = all ? given[1] : findings.get(code) || 0;
      row.hidden = !all && !items.has(code);
    }
  };

  // -- showing it ----------------------------------------------------------------------------

  const apply = () => {
    const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    const rule = data.codes.findIndex(([code]) => code === state.rule);
    shown = new Set([...rows.keys()].filter((at) => matches(at, words, rule)));
    rows.forEach((row, at) => { row.hidden = !shown.has(at); });
    arrange();
    unfold();
    $("none").hidden = shown.size > 0;
    for (const view of views) view.classList.toggle("shown", view.id === state.v);
    for (const link of $("views").children) {
      if (link.dataset.view === state.v) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    for (const row of document.querySelectorAll("#matrix tbody tr")) row.hidden = !shown.has(Number(row.dataset.i));
    recount();
    const between = state.rule.startsWith("RK8");
    for (const row of document.querySelectorAll("#pairs tbody tr")) {
      const loose = row.dataset.i === "" && shown.size === rows.length;
      row.hidden = between ? row.dataset.code !== state.rule : !(loose || shown.has(Number(row.dataset.i || -1)));
    }
    for (const control of $("filters").elements) {
      if (!control.name) continue;
      if (control.value !== state[control.name]) control.value = state[control.name];
      control.classList.toggle("on", Boolean(state[control.name]));
    }
    const told = shown.size === rows.length ? `共 ${rows.length} 份` : `${shown.size} 份，共 ${rows.length} 份`;
    if ($("count").textContent !== told) { $("count").textContent = told; $("status").textContent = `显示 ${told}`; }
    $("clear").hidden = !["q", ...FILTERS].some((name) => state[name]);
  };

  // -- controls ------------------------------------------------------------------------------

  const choice = (name, groups) => {
    const select = make("select", "", { name, "aria-label": LABELS[name] });
    select.append(new Option(`${LABELS[name]}：全部`, ""));
    for (const [label, options] of groups) {
      const parent = label ? make("optgroup", "", { label }) : select;
      for (const [value, text] of options) parent.append(new Option(text, value));
      if (label && options.length) select.append(parent);
    }
    select.addEventListener("change", () => { state[name] = select.value; commit(); });
    return select;
  };

  const counted = (name, labels) => {
    const counts = new Map();
    rows.forEach((_, at) => { const key = cell(at, name) || EMPTY; counts.set(key, (counts.get(key) || 0) + 1); });
    const keys = labels ? [...labels.keys()].filter((key) => counts.has(key)) : [...counts.keys()].sort(collator.compare);
    return keys.map((key) => [key, `${labels ? labels.get(key) : key === EMPTY ? "（未填）" : key}（${counts.get(key)}）`]);
  };

  const build = () => {
    const search = make("input", "", { type: "search", name: "q", placeholder: "查找单位、标题、问题", "aria-label": "查找单位、标题、问题", autocomplete: "off" });
    search.addEventListener("input", () => { state.q = search.value; commit(); });
    const form = $("filters");
    form.append(search, choice("result", [["", counted("result", new Map(data.results))]]));
    for (const name of ["region", "kind"]) {
      const options = counted(name);
      if (options.length > 1) form.append(choice(name, [["", options]]));
    }
    const listed = new Map(["error", "warning", "info"].map((severity) => [severity, []]));
    for (const [code, title, severity, items] of data.codes) {
      if (items) listed.get(severity).push([code, `${code} ${title}（${items}）`]);
    }
    const names = new Map(KINDS.map(([kind, label]) => [kind, label]));
    form.append(choice("rule", [...listed].map(([severity, options]) => [names.get(severity), options])));
    form.append(make("button", "清除筛选", { type: "button", id: "clear", "data-clear": "" }), make("output", "", { id: "count" }));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    for (const view of views) $("views").append(make("a", view.dataset.title, { href: `#v=${view.id}`, "data-view": view.id }));
    $("views").hidden = false;
    for (const head of $("list").tHead.rows[0].cells) {
      if (!head.dataset.sort) continue;
      const button = make("button", "", { type: "button", class: "sort" });
      button.append(...head.childNodes);
      head.append(button);
    }
    rows.forEach((row, at) => {
      const [list, more] = data.found[at];
      if (!list.length && !more) return;
      const who = row.querySelector(".who");
      const button = make("button", who.textContent, { type: "button", class: "open", "aria-expanded": "false", "aria-controls": `d${at}` });
      who.replaceChildren(button);
    });
    for (const place of document.querySelectorAll("[data-filter]")) {
      const target = place.querySelector("th") || place;
      const link = make("a", "", { href: `#${place.dataset.filter}=${encodeURIComponent(place.dataset.value || EMPTY)}` });
      link.append(...target.childNodes);
      target.append(link);
    }
    for (const row of document.querySelectorAll("tr[data-rule]")) {
      const code = row.querySelector(".code");
      code.replaceChildren(make("a", code.textContent, { href: `#rule=${row.dataset.rule}` }));
    }
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-view], [data-clear], button.sort, button.open");
    if (!target) return;
    if (target.dataset.view) { event.preventDefault(); state.v = target.dataset.view; }
    else if ("clear" in target.dataset) { for (const name of ["q", ...FILTERS]) state[name] = ""; $("filters").elements.q.focus(); }
    else if (target.classList.contains("sort")) {
      const key = target.closest("th").dataset.sort;
      const first = KEYS.indexOf(key) < KEYS.indexOf("error") ? "asc" : "desc";
      state.dir = state.sort === key ? (state.dir === "asc" ? "desc" : "asc") : first;
      state.sort = key;
    } else {
      const at = rows.indexOf(target.closest("tr"));
      if (!state.open.delete(at)) state.open.add(at);
    }
    commit();
  });
  window.addEventListener("hashchange", () => { read(); apply(); });

  document.documentElement.classList.add("js");
  build();
  const measure = () => document.documentElement.style.setProperty("--top", `${$("filters").offsetHeight - 1}px`);
  new ResizeObserver(measure).observe($("filters"));
  read();
  apply();
})();
