// What a visitor may do with a table: sort one that is whole, choose its columns, make its rows dense. Kept in this browser.
"use strict";
(() => {
  const words = JSON.parse(document.body.dataset.words || "{}");
  const phone = matchMedia("(max-width: 640px)");
  const kept = (name, value) => {
    try {
      if (value === undefined) return JSON.parse(localStorage.getItem(name) || "null");
      localStorage.setItem(name, JSON.stringify(value));
    } catch { /* a browser that keeps nothing */ }
    return null;
  };
  const heads = (table) => [...table.querySelectorAll("thead th, thead td")];
  const nameOf = (head) => head.textContent.trim();
  const cells = (row) => [...row.children];

  function number(text) {
    const plain = text.replace(/\s/g, "");
    const value = document.documentElement.lang === "es" ? plain.replace(",", ".") : plain.replace(/,/g, "");
    return /^-?[\d.]+%?$/.test(value) ? parseFloat(value) : NaN;
  }

  function sortBy(table, at, head) {
    const up = head.getAttribute("aria-sort") !== "ascending";
    heads(table).forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [row, (row.children[at] || row).textContent.trim()]);
    const numeric = rows.every(([, text]) => !text || text === "—" || text === "–" || !Number.isNaN(number(text)));
    const compare = numeric ? (one, other) => (number(one) || 0) - (number(other) || 0) : (one, other) => one.localeCompare(other, document.documentElement.lang, { numeric: true });
    rows.sort(([, one], [, other]) => (up ? 1 : -1) * compare(one, other));
    body.append(...rows.map(([row]) => row));
  }

  function sortable(table) {
    if (!table.matches(".evidence, .figures:not(.new-findings), .counts, .risk-cells") || table.tBodies[0].rows.length < 2) return;
    heads(table).forEach((head, at) => {
      if (!nameOf(head) || head.querySelector("a, button")) return;
      const button = document.createElement("button");
      button.type = "button"; button.className = "sort"; button.title = `${words.sort}: ${nameOf(head)}`; button.append(...head.childNodes);
      button.addEventListener("click", () => sortBy(table, at, head));
      head.append(button);
    });
  }

  function choosable(table) {
    const own = heads(table).map((head, at) => [nameOf(head), at]).filter(([name]) => name);
    if (own.length < 4 || phone.matches) return;
    const key = `columns ${location.pathname.split("/")[1]} ${table.classList[0]}`;
    const hidden = new Set(kept(key) || []);
    const apply = () => {
      for (const [name, at] of own) {
        heads(table)[at].hidden = hidden.has(name);
        for (const row of table.tBodies[0].rows) if (row.children.length > at && row.children[0].colSpan === 1) row.children[at].hidden = hidden.has(name);
      }
      table.classList.toggle("dense", kept("dense") === true);
    };
    const box = (text, checked, change) => {
      const [label, input] = [document.createElement("label"), document.createElement("input")];
      input.type = "checkbox"; input.checked = checked;
      input.addEventListener("change", () => { change(input.checked); apply(); });
      label.append(input, ` ${text}`);
      return label;
    };
    const [choice, summary] = [document.createElement("details"), document.createElement("summary")];
    choice.className = "columns-choice"; summary.textContent = words.columns;
    choice.append(summary, ...own.slice(1).map(([name]) => box(name, !hidden.has(name), (shown) => { if (shown) hidden.delete(name); else hidden.add(name); kept(key, [...hidden]); })), box(words.dense, kept("dense") === true, (dense) => kept("dense", dense)));
    (table.closest(".scroll") || table).before(choice);
    apply();
  }

  function fold(form) {
    // The filters would fill a telephone's first screen.
    const [folded, summary] = [document.createElement("details"), document.createElement("summary")];
    const asked = new URLSearchParams(location.search);
    folded.className = "folded"; summary.textContent = form.getAttribute("aria-label");
    folded.open = [...form.elements].some((field) => field.name && field.type !== "hidden" && asked.get(field.name));
    form.before(folded);
    folded.append(summary, form);
  }

  function begin() {
    for (const table of document.querySelectorAll("table.list, table.evidence, table.figures, table.risk-cells")) {
      if (table.dataset.ready || !table.tBodies[0]) continue;
      table.dataset.ready = "yes";
      sortable(table);
      choosable(table);
    }
  }
  const all = () => { begin(); if (phone.matches) document.querySelectorAll("form.filters[aria-label]").forEach(fold); };
  document.addEventListener("htmx:after:swap", () => { document.querySelectorAll("#results > .columns-choice").forEach((old) => { if (!old.nextElementSibling || old.nextElementSibling.dataset.ready) return; old.remove(); }); begin(); });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all); else all();
})();
