"use strict";
(() => {
  const TOGETHER = 100;
  const one = (selector, within = document) => within.querySelector(selector);
  const say = (text) => { one("#said").textContent = text; };
  const number = (value) => value.toLocaleString("en");

  document.documentElement.classList.add("scripted");

  // Tables that can be sorted: each head becomes a button, and the table says by which it is sorted.
  const { compare } = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const order = (a, b) => typeof a === "number" ? a - b : compare(a, b);

  const sortable = (table, sort) => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const way = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", way);
        sort(column, way === "ascending" ? 1 : -1, head);
        say(`Sorted by ${button.textContent}, ${way}`);
      });
    });
  };

  const value = (row, column) => {
    const cell = row.cells[column];
    const text = cell.dataset.value ?? cell.textContent.trim();
    return cell.classList.contains("n") ? Number(text.replaceAll(",", "")) : text;
  };

  document.querySelectorAll("table.sortable").forEach((table) => {
    const body = table.tBodies[0];
    sortable(table, (column, sign) => {
      body.append(...[...body.rows].sort((a, b) => sign * order(value(a, column), value(b, column))));
    });
  });

  // A decision needs the token: typed once, and kept in this tab alone.
  const field = one("#token");
  if (field) {
    const KEY = "enrich-token";
    field.form.hidden = false;
    field.form.addEventListener("submit", (event) => event.preventDefault());
    field.value = sessionStorage.getItem(KEY) ?? "";
    field.addEventListener("input", () => sessionStorage.setItem(KEY, field.value));
    document.addEventListener("submit", (event) => {
      if (!event.target.matches("form.decide")) return;
      if (!field.value) {
        event.preventDefault();
        field.focus();
        say("The token is missing: paste it here, then decide again");
      }
      event.target.elements.token.value = field.value;
    });
  }

  // The list of pages: an index of all, a hundred rows at a time, and bodies unpacked when one is opened.
  const unpack = async (element) => {
    const bytes = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(plain).json();
  };

  const packs = new Map();
  const bodyOf = async (page, whole) => {
    const pack = Math.floor((page - whole) / TOGETHER);
    if (!packs.has(pack)) packs.set(pack, unpack(one(`#bodies-${pack}`)));
    return (await packs.get(pack))[(page - whole) % TOGETHER];
  };

  const rowsOf = (index, page, whole) => {
    const rows = one("#row").content.cloneNode(true);
    const [path, outcome, papers, changes] = rows.firstElementChild.cells;
    const word = index.outcomes[index.outcome[page]];
    one("code", path).textContent = index.paths[page];
    one("span", outcome).textContent = word.replaceAll("_", " ");
    one("span", outcome).classList.add(`chip-${word}`);
    papers.textContent = number(index.papers[page]);
    changes.textContent = number(index.changes[page]);
    const cell = rows.lastElementChild.cells[0];
    const words = index.words[index.word[page]];
    cell.append(index.bodied[page] ? closed(words || "Evidence", () => bodyOf(page, whole)) : words);
    return [...rows.children];
  };

  const closed = (words, load) => {
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = words;
    details.append(summary);
    details.addEventListener("toggle", async () => {
      const body = document.createElement("div");
      body.className = "body";
      // Written by the server, every value in it escaped there.
      body.innerHTML = await load();
      details.append(body);
    }, { once: true });
    return details;
  };

  const list = async () => {
    const table = one("#list");
    const body = table.tBodies[0];
    const whole = Number(table.dataset.whole);
    const index = await unpack(one("#index"));
    const all = index.paths.map((_, page) => page);
    const sought = all.map((page) =>
      `${index.paths[page]} ${index.cites[page]} ${index.words[index.word[page]]}`.toLowerCase());
    const rows = new Map(all.slice(0, whole).map((page) => [page, [body.rows[2 * page], body.rows[2 * page + 1]]]));
    const keys = {
      page: (page) => index.paths[page],
      outcome: (page) => index.outcomes[index.outcome[page]],
      papers: (page) => index.papers[page],
      changes: (page) => index.changes[page],
    };
    let sorted = all;
    let found = all;
    let start = 0;

    const show = () => {
      const shown = found.slice(start, start + TOGETHER);
      body.replaceChildren(...shown.flatMap((page) => {
        if (!rows.has(page)) rows.set(page, rowsOf(index, page, whole));
        return rows.get(page);
      }));
      const range = shown.length ? `${number(start + 1)} to ${number(start + shown.length)}` : "none";
      one("#at").textContent = `${range} of ${number(found.length)}`;
      one("#shown").textContent = found.length === all.length
        ? `${range} of ${number(all.length)} pages`
        : `${number(found.length)} of ${number(all.length)} pages; ${range}`;
      one("#previous").disabled = start === 0;
      one("#next").disabled = start + TOGETHER >= found.length;
      one(".pager").hidden = found.length <= TOGETHER;
    };

    const filter = () => {
      const words = one("#filter").value.toLowerCase().split(/\s+/).filter(Boolean);
      const kind = one("#show").value;
      found = sorted.filter((page) =>
        (kind === "" || (kind === "*" ? page < index.needed : keys.outcome(page) === kind))
        && words.every((word) => sought[page].includes(word)));
      start = 0;
      show();
    };

    const turn = (by) => {
      start += by;
      show();
      table.scrollIntoView();
    };

    sortable(table, (_, sign, head) => {
      const key = keys[head.dataset.column];
      const keyed = all.map((page) => [key(page), page]);
      sorted = keyed.sort((a, b) => sign * order(a[0], b[0]) || a[1] - b[1]).map((pair) => pair[1]);
      filter();
    });

    let waiting;
    one("#filter").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(filter, 120);
    });
    one("#show").addEventListener("change", filter);
    one(".filter").addEventListener("submit", (event) => event.preventDefault());
    one("#previous").addEventListener("click", () => turn(-TOGETHER));
    one("#next").addEventListener("click", () => turn(TOGETHER));
    one(".filter").hidden = false;
    show();
  };

  list();
})();
