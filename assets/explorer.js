// Moves the explorers of a page. Each is a figure with native controls; from its samples the picture
// at any setting is interpolated (lib/exhibits/explorer writes what is read here, holds the same few
// lines in Python, and measures the error). Samples stand in the page, or in a file of the site that
// is asked for when the explorer comes near, or the address has a setting; nothing else is requested.
(() => {
  "use strict";
  const here = document.currentScript?.src;

  // Numbers --------------------------------------------------------------------------------------

  // Python's format specifications: f, g, e, % and d.
  function format(value, spec) {
    if (typeof value === "string") return value;
    const [, comma, places, kind] = /^(,?)(?:\.(\d+))?([fge%d])$/.exec(spec);
    const digits = places === undefined ? 6 : Number(places);
    const exponent = (text) => text.replace(/e([+-])(\d)$/, "e$10$2");
    let text;
    if (!Number.isFinite(value)) text = String(value).toLowerCase();
    else if (kind === "d") text = value.toFixed(0);
    else if (kind === "%") text = `${(100 * value).toFixed(digits)}%`;
    else if (kind === "f") text = value.toFixed(digits);
    else if (kind === "e") text = exponent(value.toExponential(digits));
    else {
      const precision = Math.max(digits, 1);
      const power = value ? Number(value.toExponential(precision - 1).split("e")[1]) : 0;
      const plain = power >= -4 && power < precision;
      text = plain
        ? value.toFixed(Math.max(precision - 1 - power, 0))
        : value.toExponential(precision - 1);
      text = exponent(text.replace(/(\.\d*?)0+(e|$)/, "$1$2").replace(/\.(e|$)/, "$1"));
    }
    return comma ? text.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ",")) : text;
  }

  const fill = (text, values) =>
    text.replace(/\{(\w+)(?::([^}]*))?\}/g, (_, name, spec) => format(values[name], spec || ".6g"));

  // What a reader reads off: four digits, no zeros behind the point.
  const brief = (value) => format(value, Math.abs(value) >= 1e4 ? ",.0f" : ".4g");

  // Samples --------------------------------------------------------------------------------------

  // A file of samples is a script, since a page that was opened from a folder may read nothing else.
  function samples({ textContent, dataset }) {
    if (textContent) return textContent;
    return new Promise((done, fail) => {
      const file = document.createElement("script");
      file.src = new URL(`../samples/${dataset.file}`, here);
      file.onload = () => done(file.samples);
      file.onerror = () => fail(new Error("its samples could not be loaded. Load the page again to try once more."));
      document.head.append(file);
    });
  }

  async function inflate(base64) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  // packing.packed, read backwards: sums along the dimensions undo the differences.
  function unpack(bytes, heads) {
    let at = 0;
    function integer() {
      let value = 0, scale = 1, byte;
      do {
        byte = bytes[at++];
        value += (byte & 127) * scale;
        scale *= 128;
      } while (byte > 127);
      return value % 2 ? -(value + 1) / 2 : value / 2;
    }
    function part(shape, sums) {
      const strides = stridesOf(shape), codes = Float64Array.from({ length: sizeOf(shape) }, integer);
      for (let k = shape.length - 1; k >= 0; k--)
        for (let time = 0; time < sums[k]; time++)
          for (let i = 0; i < codes.length; i++)
            if (Math.floor(i / strides[k]) % shape[k]) codes[i] += codes[i - strides[k]];
      return codes;
    }
    return heads.map((head) => {
      const { shape, sums } = head, parts = sums.length;
      const codes = new Float64Array(sizeOf(shape));
      sums.forEach((orders, k) =>
        part([...shape.slice(0, -1), shape.at(-1) / parts], orders).forEach((code, i) => {
          codes[i * parts + k] = code;
        }));
      return { ...head, strides: stridesOf(shape), codes };
    });
  }
  const sizeOf = (shape) => shape.reduce((size, length) => size * length, 1);
  const stridesOf = (shape) => shape.map((_, k) => sizeOf(shape.slice(k + 1)));

  function table(entry, curves) {
    const values = entry.codes.map((code) => code * entry.step);
    let at = 0;
    entry.holes.forEach((length, run) => {
      if (run % 2) values.fill(NaN, at, at + length);
      at += length;
    });
    return { ...entry, values, curves: curves.find(({ name }) => name === entry.name) };
  }

  // sampling.Axis: runs of nodes around an anchor, the best first, and Lagrange's weights.
  function axis({ places, ends, degree }) {
    const nearest = (place) =>
      places.reduce((best, p, i) => (Math.abs(p - place) < Math.abs(places[best] - place) ? i : best), 0);
    const cell = (place) => {
      const after = places.findIndex((p) => p >= place);
      return Math.min(Math.max((after < 0 ? places.length : after) - 1, 0), places.length - 2);
    };
    function node(place) {
      const near = nearest(place);
      return Math.abs(places[near] - place) < 1e-9 ? near : null;
    }
    const around = ([first, length], place) => first <= cell(place) && cell(place) <= first + length - 2;
    function windows(place, anchor) {
      const here = cell(place), found = [];
      const low = Math.max(...ends.filter((end) => end <= here));
      const high = Math.min(...ends.filter((end) => end > here));
      for (let length = Math.min(degree, high - low) + 1; length >= 2; length--)
        for (let first = Math.max(low, anchor - length + 1); first <= Math.min(high - length + 1, anchor); first++)
          found.push([first, length]);
      const out = (window) => Number(!around(window, place));
      const off = ([first, length]) => Math.abs(first + length / 2 - here - 1);
      return found.sort((a, b) => out(a) - out(b) || b[1] - a[1] || off(a) - off(b));
    }
    function weights([first, length], place) {
      if (length === 1) return [first, [1]];
      const nodes = places.slice(first, first + length);
      return [first, nodes.map((x, i) =>
        nodes.reduce((product, y, j) => (i === j ? product : product * (place - y) / (x - y)), 1))];
    }
    return { places, nearest, cell, node, around, windows, weights };
  }

  // Every combination of one entry of each list.
  const product = (lists) =>
    lists.reduce((found, list) => found.flatMap((head) => list.map((item) => [...head, item])), [[]]);

  // sampling.Samples: the values at a setting, and whether they are those of another, nearest.
  function model(config, tables, structure) {
    const axes = config.controls.map(axis);
    const uniform = structure.codes.length === 1;
    const kind = (nodes) =>
      structure.codes[nodes.reduce((at, node, k) => at + node * structure.strides[k], 0)];
    const same = (windows, target) =>
      product(windows.map(([first, length]) => Array.from({ length }, (_, i) => first + i)))
        .every((nodes) => kind(nodes) === target);

    // Two nodes along every slider that is between nodes, then more where there are.
    function grown(places, anchor, target, beyond = true) {
      let chosen = anchor.map((node) => [node, 1]);
      for (const longest of [2, 4])
        axes.forEach((axis, k) => {
          if (axis.node(places[k]) !== null) return;
          for (const window of axis.windows(places[k], anchor[k])) {
            const wider = chosen.with(k, window);
            if (window[1] > longest || !(beyond || axis.around(window, places[k]))) continue;
            if (target !== null && !same(wider, target)) continue;
            chosen = wider;
            break;
          }
        });
      return chosen;
    }

    function windows(places) {
      const near = axes.map((axis, k) => axis.nearest(places[k]));
      const between = axes.map((axis, k) => axis.node(places[k]) === null);
      const weighed = (chosen) => chosen.map((window, k) => axes[k].weights(window, places[k]));
      const free = weighed(grown(places, near, null));
      if (uniform) return [free, free, false];
      const side = config.margins.reduce((sum, name, k) => sum + (at(named[name], free) > 0) * 2 ** k, 0);
      const away = (nodes) =>
        nodes.reduce((sum, node, k) => sum + Math.abs(axes[k].places[node] - places[k]), 0);
      const ranked = product(axes.map((axis, k) =>
        between[k] ? [axis.cell(places[k]), axis.cell(places[k]) + 1] : [near[k]]))
        .sort((a, b) => away(a) - away(b));
      const kinds = ranked.map(kind);
      let fitting = new Set(kinds.filter((kind) => kind % 2 ** config.margins.length === side));
      if (!fitting.size) fitting = new Set(kinds);
      const target = fitting.size === 1 ? [...fitting][0] : kinds[0];
      const found = grown(places, ranked[kinds.indexOf(target)], target, fitting.size === 1);
      const stuck = found.some(([, length], k) => length === 1 && between[k]);
      const chosen = weighed(found);
      return [chosen, stuck ? chosen : free, stuck];
    }

    function at(entry, windows) {
      const { curves, shape, strides, values } = entry, count = shape.at(-1);
      let terms = [[0, 1]];
      windows.forEach(([first, weights], k) => {
        if (shape[k] === 1) return;
        terms = terms.flatMap(([place, weight]) =>
          weights.map((w, i) => [place + (first + i) * strides[k], weight * w]));
      });
      let out = new Float64Array(count);
      for (const [place, weight] of terms)
        for (let i = 0; i < count; i++) out[i] += weight * values[place + i];
      if (curves) { // what stands there are amounts of these
        const amounts = out, points = curves.shape[1];
        out = new Float64Array(points);
        for (let k = 0; k < count; k++)
          for (let i = 0; i < points; i++) out[i] += amounts[k] * curves.units[k] * curves.codes[k * points + i];
      }
      if (entry.log) out = out.map(Math.exp);
      return entry.single ? out[0] : out;
    }

    const named = Object.fromEntries(tables.map((entry) => [entry.name, entry]));
    const formulas = config.formulas.map(({ name, points, names, code }) => ({
      name, points, names, of: new Function(...names, "u", `return ${code};`),
    }));
    const finite = (value) => (Number.isFinite(value) ? value : NaN);

    return (setting) => {
      const places = config.controls.map((control) => place(control, setting[control.name]));
      const [chosen, free, between] = windows(places);
      const values = { ...setting };
      for (const entry of tables)
        values[entry.name] = at(entry, config.smooth.includes(entry.name) ? free : chosen);
      for (const { name, points, names, of } of formulas) {
        const given = names.map((key) => values[key]);
        values[name] = points === null
          ? finite(of(...given, 0))
          : Float64Array.from({ length: points }, (_, i) =>
            finite(of(...given.map((value) => value[i] ?? value), i / (points - 1))));
      }
      return { values, between, nodes: chosen.map(([first, { length }]) => (length === 1 ? first : null)) };
    };
  }

  // On a slider or an axis places run from 0 to 1; a choice's are the numbers of its options.
  const place = ({ options, low, high, scale }, value) =>
    options ? options.indexOf(value)
      : scale === "log" ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  function value({ options, low, high, scale }, place) {
    if (options) return options[place];
    if (place <= 0) return low;
    if (place >= 1) return high;
    return Number((scale === "log" ? low * (high / low) ** place : low + (high - low) * place).toPrecision(12));
  }
  const along = (panel, axis) =>
    ({ low: panel[`${axis}lim`][0], high: panel[`${axis}lim`][1], scale: panel[`${axis}scale`] });

  // Drawing --------------------------------------------------------------------------------------

  const SVG = "http://www.w3.org/2000/svg";
  function element(name, attributes, ...children) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }
  const list = (source) => (typeof source === "number" ? [source] : source);
  const short = (number) => String(Math.round(number * 100) / 100);

  // One layout of the figure: where values stand in it, and the marks at values.
  function canvas(svg, layout, config, id) {
    const clips = element("defs", {});
    const back = element("g", { class: "explorer-pinned" });
    const front = element("g", { class: "explorer-marks" });
    const over = element("g", { class: "explorer-over" });
    for (const [name, [x, y, width, height]] of Object.entries(layout.boxes))
      clips.append(element("clipPath", { id: `${id}-${name}` }, element("rect", { x, y, width, height })));
    const still = svg.querySelectorAll('[id*="-moving"]');
    still[0]?.parentNode.insertBefore(back, still[0]);
    for (const item of still) item.style.display = "none"; // the key uses shapes that are defined there
    svg.append(clips, ...(back.parentNode ? [] : [back]), front, over);

    const keep = (number, size) => Math.min(Math.max(number, -1e4 * size), 1e4 * size);
    function points(mark, xs, ys, values) {
      const panel = config.panels[mark.panel], [left, top, width, height] = layout.boxes[mark.panel];
      const get = (source) => list(typeof source === "string" ? values[source] : source);
      const x = get(xs), y = get(ys), across = along(panel, "x"), up = along(panel, "y");
      return Array.from({ length: Math.max(x.length, y.length) }, (_, i) => [
        left + keep(width * place(across, x[x.length > 1 ? i : 0]), width),
        top + keep(height * (1 - place(up, y[y.length > 1 ? i : 0])), height),
      ]);
    }
    const known = ([x, y]) => !Number.isNaN(x) && !Number.isNaN(y);
    function path(row) {
      let text = "", pen = false;
      for (const point of row) {
        if (known(point)) text += `${pen ? "L" : "M"}${short(point[0])} ${short(point[1])}`;
        pen = known(point);
      }
      return text;
    }

    // What a mark consists of: rows of points, each a line or (Points) dots.
    function rows(mark, values) {
      if (mark.kind === "Area") {
        const low = points(mark, mark.x, mark.low, values);
        return [low, points(mark, mark.x, mark.high, values)];
      }
      if (mark.kind !== "Rule") return [points(mark, mark.x, mark.y, values)];
      const [left, top, width, height] = layout.boxes[mark.panel];
      return mark.x !== undefined
        ? points(mark, mark.x, config.panels[mark.panel].ylim[0], values).map(([x]) => [[x, top], [x, top + height]])
        : points(mark, config.panels[mark.panel].xlim[0], mark.y, values).map(([, y]) => [[left, y], [left + width, y]]);
    }

    function shapes(mark, number, values) {
      const line = { fill: "none", stroke: mark.colour, "stroke-width": mark.width,
        "stroke-dasharray": mark.dash ?? "none", "stroke-linejoin": "round" };
      const drawn = rows(mark, values);
      if (mark.kind === "Line" || mark.kind === "Rule")
        return drawn.map((row) => element("path", { d: path(row), ...line }));
      if (mark.kind === "Area") {
        const kept = drawn[0].map((point, i) => known(point) && known(drawn[1][i]));
        const edge = (row) => row.filter((_, i) => kept[i]);
        const d = `${path([...edge(drawn[0]), ...edge(drawn[1]).reverse()])}Z`;
        if (d === "Z") return [];
        const area = [element("path", { d, fill: mark.colour, "fill-opacity": mark.opacity })];
        if (mark.hatch) area.push(element("path", { d, fill: `url(#${hatch(mark, number)})`, "fill-opacity": 0.5 }));
        return area;
      }
      const r = mark.size / 2;
      const forms = { o: `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
        s: `M${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}z`, d: `M0 ${-1.4 * r}L${1.4 * r} 0L0 ${1.4 * r}L${-1.4 * r} 0z` };
      return drawn[0].filter(known).map(([x, y]) =>
        element("path", { d: forms[mark.marker], fill: mark.colour, transform: `translate(${short(x)} ${short(y)})` }));
    }
    function hatch(mark, number) {
      const name = `${id}-hatch${number}`;
      if (!clips.querySelector(`#${CSS.escape(name)}`))
        clips.append(element("pattern", { id: name, width: 6, height: 6, patternUnits: "userSpaceOnUse" },
          element("path", { d: "M-1 7L7 -1", stroke: mark.colour })));
      return name;
    }

    // Words: the first place around the mark, inside the axes, that nothing crosses.
    const pen = document.createElement("canvas").getContext("2d");
    function words(mark, values, taken) {
      const [left, top, width, height] = layout.boxes[mark.panel], size = config.text;
      const text = fill(mark.text, values), row = points(mark, mark.x, mark.y, values);
      pen.font = `${size}px ${getComputedStyle(svg).fontFamily}`;
      const wide = pen.measureText(text).width * 1.03, last = row.length - 1;
      const anchors = last ? [...new Set(Array.from({ length: 20 }, (_, i) => Math.round((last * (20 - i)) / 20)))] : [0];
      for (const [x, y] of anchors.map((i) => row[i])) {
        if (!(x >= left && x <= left + width && y >= top && y <= top + height)) continue;
        const near = [[6, -5], [6, 12], [-6 - wide, -5], [-6 - wide, 12], [-wide / 2, -9],
          [-wide / 2, 17], [9, 3.5], [-9 - wide, 3.5]];
        const far = [[12, -14], [12, 21], [-12 - wide, -14], [-12 - wide, 21]]; // beside a point
        for (const [dx, dy] of last ? near : [...near, ...far]) {
          const box = [x + dx - 2, y + dy - size, x + dx + wide + 2, y + dy + 3];
          const inside = box[0] >= left && box[2] <= left + width && box[1] >= top && box[3] <= top + height;
          if (!inside || taken.some((segment) => crosses(segment, box))) continue;
          const [a, b, c, d] = box;
          taken.push([a, b, c, b], [c, b, c, d], [c, d, a, d], [a, d, a, b], [a, b, c, d]);
          return [element("text", { x: short(x + dx), y: short(y + dy), fill: mark.colour, "font-size": size }, text)];
        }
      }
      return [];
    }
    function crosses([x0, y0, x1, y1], [left, top, right, bottom]) {
      if (Math.min(x0, x1) > right || Math.max(x0, x1) < left) return false;
      if (Math.min(y0, y1) > bottom || Math.max(y0, y1) < top) return false;
      const side = (x, y) => Math.sign((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0));
      return Math.abs(side(left, top) + side(left, bottom) + side(right, top) + side(right, bottom)) < 4;
    }
    function obstacles(mark, values) {
      if (mark.kind === "Label") return [];
      const drawn = rows(mark, values);
      if (mark.kind === "Area") drawn.push(...[0, -1].map((end) => drawn.slice(0, 2).map((row) => row.at(end))));
      return drawn.flatMap((row) =>
        mark.kind === "Points"
          ? row.filter(known).map(([x, y]) => [x - mark.size / 2, y - mark.size / 2, x + mark.size / 2, y + mark.size / 2])
          : row.slice(1).map((point, i) => [...row[i], ...point]).filter((segment) => !segment.some(Number.isNaN)));
    }

    const group = (values) =>
      config.marks.map((mark, number) => mark.kind !== "Label" &&
        element("g", { "clip-path": `url(#${id}-${mark.panel})`, "data-mark": number }, ...shapes(mark, number, values)))
        .filter(Boolean);
    return {
      svg, layout, over, rows,
      draw(values, pinned, reference) {
        back.replaceChildren(...(pinned ? group(pinned) : []));
        const taken = {};
        for (const mark of config.marks) {
          const seen = [values, pinned, mark.reference && reference].filter(Boolean);
          (taken[mark.panel] ??= []).push(...seen.flatMap((each) => obstacles(mark, each)));
        }
        const labels = config.marks.filter(({ kind }) => kind === "Label")
          .flatMap((mark) => words(mark, values, taken[mark.panel]));
        front.replaceChildren(...group(values), ...labels);
      },
    };
  }

  // One explorer ---------------------------------------------------------------------------------

  async function start(root) {
    const part = (name) => root.querySelector(`script[data-part="${name}"]`);
    const all = (selector) => Array.from(root.querySelectorAll(selector));
    const one = (name) => root.querySelector(`.explorer-${name}`);
    const config = JSON.parse(part("config").textContent), { controls } = config;
    const heads = [config.structure, ...config.tables, ...config.curves];
    const [structure, ...tables] = unpack(await inflate(await samples(part("samples"))), heads);
    const components = tables.splice(config.tables.length);
    const compute = model(config, tables.map((entry) => table(entry, components)), structure);
    const inputs = controls.map(({ name }) => root.querySelector(`[data-control="${name}"]`));
    const picture = one("picture"), description = one("description"), status = one("status");
    const canvases = ["wide", "narrow"].map((name, i) =>
      canvas(one(name), config.layouts[i], config, `${root.id}-${name}`));
    const visible = () => canvases.find(({ svg }) => svg.getClientRects().length) ?? canvases[0];
    const defaults = Object.fromEntries(controls.map(({ name, default: value }) => [name, value]));
    const presets = config.presets;
    const reference = config.reference === null ? null : compute(presets[config.reference]).values;
    const key = root.id.replace(/^explorer-/, "");
    const parameter = (control) => `${key}.${control.name}`;
    const equal = (a, b) => controls.every(({ name }) => a[name] === b[name]);

    let setting = { ...defaults }, now = null, pinned = null;
    let width = 0; // of the picture; it has none, and is not drawn, as long as it is not laid out

    // The picture and what is said of it

    const sentence = (values) =>
      config.clauses
        .filter(([, when, unless]) => (!when || values[when] > 0) && !(unless && values[unless] > 0))
        .map(([text]) => fill(text, values)).join(" ");
    const words = (at = setting) => controls.map((control) => `${control.label} = ${said(control, at)}`).join("; ");
    const said = (control, at) => (control.options ? at[control.name] : format(at[control.name], control.format));

    const draw = ({ draw } = visible()) => draw(now.values, pinned, reference);
    let speaking = 0;
    function show() {
      now = compute(setting);
      if (width) draw();
      root.dataset.shown = JSON.stringify(setting);
      clearTimeout(speaking); // a screen reader hears where the controls came to rest
      speaking = setTimeout(speak, 150);
    }

    function speak() {
      const text = sentence(now.values);
      tell("description", text);
      hold();
      tell("between", now.between && `The regime changes near here: the picture is that of the nearest computed setting, ${
        words(nearest(now.nodes))}.`);
      if (config.goal) {
        const { of, low, high, reached, task } = config.goal, found = now.values[of];
        const there = found >= low && found <= high;
        tell("goal", there ? fill(reached, now.values) : task);
        one("goal").dataset.reached = there;
      }
      idle();
      root.dataset.said = JSON.stringify(setting);
    }
    function hold() { // what follows the words stands still
      if (width) description.style.minHeight = `${description.offsetHeight}px`;
    }
    const nearest = (nodes) =>
      Object.fromEntries(controls.map((control, k) => [
        control.name,
        nodes[k] === null ? setting[control.name] : value(control, control.places[nodes[k]]),
      ]));
    function tell(name, text) {
      one(name).hidden = !text;
      if (one(name).textContent !== (text || "")) one(name).textContent = text || "";
    }

    // A control that moves nothing at the present setting says so.
    function idle() {
      const seen = ({ values }) => [
        sentence(values),
        ...config.marks.flatMap((mark) =>
          mark.kind === "Label" ? [fill(mark.text, values)] : canvases[0].rows(mark, values).flat(2).map((x) => Math.round(5 * x))),
      ];
      const here = seen(now);
      controls.forEach((control, k) => {
        const others = control.options ?? [0, 0.2, 0.4, 0.6, 0.8, 1].map((at) => value(control, at));
        const moves = others.some((other) => {
          const there = seen(compute({ ...setting, [control.name]: other }));
          return there.length !== here.length || there.some((item, i) => !Object.is(item, here[i]) && !(Math.abs(item - here[i]) <= 1));
        });
        const note = inputs[k].closest(".explorer-control").querySelector(".explorer-idle");
        note.hidden = moves;
        note.textContent = moves ? "" : `Moves nothing here. ${control.idle}`.trim();
      });
    }

    // The controls

    function settle() {
      controls.forEach((control, i) => {
        const input = inputs[i], at = place(control, setting[control.name]);
        input.value = control.options ? at : Math.round(at * (control.positions - 1));
        if (control.options) return;
        const text = said(control, setting);
        input.setAttribute("aria-valuetext", text);
        input.previousElementSibling.textContent = text;
      });
      for (const button of all("[data-preset]"))
        button.setAttribute("aria-pressed", String(equal(presets[button.dataset.preset], setting)));
      one("setting").textContent = words();
    }

    function move(to) {
      setting = { ...to };
      status.textContent = "";
      settle();
      write();
      show();
    }
    const set = (control, to) => move({ ...setting, [control.name]: to });

    // The address: ?factor-price-frontier.Phi=0.5&… for what differs from the default, so that
    // several explorers and a place in the page (#…) stand beside each other.

    function address() {
      const url = new URL(location.href);
      // Written afresh: one view has one address, in whatever order its controls were moved.
      for (const control of controls) url.searchParams.delete(parameter(control));
      for (const control of controls) {
        const at = setting[control.name];
        if (at === control.default) continue;
        const text = control.options ? control.tokens[control.options.indexOf(at)] : String(Number(at.toPrecision(6)));
        url.searchParams.append(parameter(control), text);
      }
      return url;
    }

    let writing = 0;
    function write() { // browsers limit how often an address may change
      clearTimeout(writing);
      writing = setTimeout(() => {
        const url = address();
        if (url.href === location.href) return;
        try {
          history.replaceState(history.state, "", url);
        } catch { /* a page without an address of its own */ }
      }, 150);
    }

    function read() {
      const given = new URL(location.href).searchParams;
      return Object.fromEntries(controls.map((control) => {
        const text = given.get(parameter(control)), number = Number(text);
        let found = control.default;
        if (control.options) found = control.options[control.tokens.indexOf(text)] ?? found;
        else if (text?.trim() && Number.isFinite(number)) found = Math.min(Math.max(number, control.low), control.high);
        return [control.name, found];
      }));
    }

    // Reading off: the nearest point of a curve, under the pointer or by the arrow keys.

    const curves = config.marks.map((mark, number) => ({ mark, number }))
      .filter(({ mark }) => mark.kind !== "Label" && mark.kind !== "Rule");
    let reading = null; // [curve, row, point]
    function readings() {
      const canvas = visible();
      return curves.flatMap(({ mark }) =>
        canvas.rows(mark, now.values).map((row) => ({ canvas, mark, row: row.filter(([x, y]) => {
          const [left, top, width, height] = canvas.layout.boxes[mark.panel];
          return x >= left - 0.1 && x <= left + width + 0.1 && y >= top - 0.1 && y <= top + height + 0.1;
        }) }))).filter(({ row }) => row.length);
    }
    function tellPoint({ canvas, mark }, [x, y]) {
      const panel = config.panels[mark.panel], [left, top, width, height] = canvas.layout.boxes[mark.panel];
      const named = (label, number) => `${label ? `${label} ` : ""}${brief(number)}`;
      const name = mark.name ?? mark.label;
      tell("reading", `${name ? `${name}: ` : ""}${named(panel.xlabel, value(along(panel, "x"), (x - left) / width))}, ${
        named(panel.ylabel || panel.title, value(along(panel, "y"), 1 - (y - top) / height))}`);
      canvas.over.replaceChildren(element("circle", { cx: short(x), cy: short(y), r: 4, class: "explorer-cursor" }));
    }
    const hint = one("reading").textContent;
    function unread() {
      tell("reading", hint);
      reading = null;
      for (const { over } of canvases) over.replaceChildren();
    }
    function hover(event) {
      if (!now) return;
      const { svg } = visible(), frame = svg.getBoundingClientRect(), box = svg.viewBox.baseVal;
      const px = (event.clientX - frame.left) * box.width / frame.width;
      const py = (event.clientY - frame.top) * box.height / frame.height;
      let best = [40, null, null];
      for (const curve of readings())
        curve.row.forEach((point, i) => {
          const [x0, y0] = point, [x1, y1] = curve.mark.kind === "Points" ? point : curve.row[i + 1] ?? point;
          const square = (x1 - x0) ** 2 + (y1 - y0) ** 2;
          const t = square ? Math.min(Math.max(((px - x0) * (x1 - x0) + (py - y0) * (y1 - y0)) / square, 0), 1) : 0;
          const at = [x0 + t * (x1 - x0), y0 + t * (y1 - y0)], far = Math.hypot(px - at[0], py - at[1]);
          if (far < best[0]) best = [far, curve, at];
        });
      if (best[1]) tellPoint(best[1], best[2]);
      else unread();
    }
    function step(event) {
      const found = readings(), turn = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      if (event.key === "Escape") return unread();
      if (!turn || !found.length) return;
      event.preventDefault();
      let [curve, point] = reading ?? [0, -1];
      const before = found[curve]?.row[point];
      curve = (curve + turn[0] + found.length) % found.length;
      const { row } = found[curve];
      if (turn[0] && before) // the same place on another curve
        point = row.reduce((best, [x], i) => (Math.abs(x - before[0]) < Math.abs(row[best][0] - before[0]) ? i : best), 0);
      point = Math.min(Math.max(point + turn[1], 0), row.length - 1);
      reading = [curve, point];
      tellPoint(found[curve], row[point]);
    }

    // The tools

    function save(parts, type, extension) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(parts, { type }));
      link.download = `${config.name}.${extension}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }
    function csv() {
      const field = (text) => (/[",\n#]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
      const columns = Object.values(config.columns).map((name) => list(now.values[name]));
      const rows = Math.max(...columns.map(({ length }) => length));
      const cell = (number) => (number === undefined ? "" : Number.isNaN(number) ? "nan" : String(Number(number.toPrecision(5))));
      const lines = [`# ${config.title}`, `# ${words()}`, "# Five digits; as exact as the picture",
        Object.keys(config.columns).map(field).join(",")];
      for (let row = 0; row < rows; row++) lines.push(columns.map((column) => cell(column[row])).join(","));
      save(["\ufeff", lines.join("\n") + "\n"], "text/csv", "csv");
    }

    // The wide picture by itself, with title, setting, what is seen, caption and source beneath.
    function alone() {
      const { svg, layout } = canvases[0];
      draw(canvases[0]);
      const copy = svg.cloneNode(true), { width, height } = layout;
      copy.querySelector(".explorer-over").replaceChildren();
      const size = 10, most = Math.floor(width / 5.2);
      const url = address();
      url.hash = root.id;
      const lines = [words(), sentence(now.values), config.caption, `Source: ${document.title}, ${url.href}`]
        .flatMap((text) => text.match(new RegExp(`\\S.{0,${most - 1}}(?=\\s|$)|\\S{1,${most}}`, "g")) ?? []);
      const tall = height + 24 + lines.length * 13 + 8;
      const text = (string, y, more) => element("text", { x: 6, y, "font-size": size, fill: "#1f2328", ...more }, string);
      const body = element("g", { transform: "translate(0 24)" }, ...copy.childNodes);
      const whole = element("svg", { xmlns: SVG, width: width * 1.5, height: tall * 1.5, viewBox: `0 0 ${width} ${tall}`,
        "font-family": "sans-serif" },
        element("rect", { width, height: tall, fill: "#fff" }), text(config.title, 15, { "font-size": 12, "font-weight": "bold" }),
        body, ...lines.map((line, i) => text(line, height + 36 + 13 * i, {})));
      for (const item of whole.querySelectorAll(".explorer-pinned")) item.setAttribute("opacity", 0.4);
      return new XMLSerializer().serializeToString(whole).replace(/var\(--[\w-]+, (#\w+)\)/g, "$1");
    }
    async function png() {
      const image = new Image(), canvas = document.createElement("canvas");
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(alone())}`;
      await image.decode();
      [canvas.width, canvas.height] = [2 * image.width, 2 * image.height];
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      save([await new Promise((done) => canvas.toBlob(done))], "image/png", "png");
    }
    async function copy() {
      const url = address();
      url.hash = root.id;
      try {
        await navigator.clipboard.writeText(url.href);
        status.textContent = "Link copied.";
      } catch {
        status.textContent = `The link: ${url.href}`;
      }
    }
    function pin() {
      pinned = pinned ? null : now.values;
      const button = root.querySelector('[data-do="pin"]');
      button.textContent = pinned ? "Unpin" : "Pin this curve";
      status.textContent = pinned ? `Pinned: ${words()}` : "";
      draw();
    }

    // From where the slider stands to its upper end, or from the lower when it is there.
    const player = root.querySelector('[data-do="play"]');
    let playing = 0;
    function play() {
      if (playing) return stop();
      const control = controls.find(({ name }) => name === config.play);
      const from = place(control, setting[control.name]) > 0.99 ? 0 : place(control, setting[control.name]);
      const begun = performance.now();
      player.setAttribute("aria-pressed", "true");
      const frame = (time) => {
        const at = Math.min(from + Math.max(time - begun, 0) / 8000, 1);
        set(control, value(control, at));
        playing = at < 1 ? requestAnimationFrame(frame) : 0;
        if (!playing) stop();
      };
      playing = requestAnimationFrame(frame);
    }
    function stop() {
      cancelAnimationFrame(playing);
      playing = 0;
      player?.setAttribute("aria-pressed", "false");
    }

    // A bet hides the picture until it is made, or declined.
    function bet(button) {
      const made = button.dataset.bet;
      one("bet").hidden = true;
      root.classList.remove("explorer-veiled");
      if (made) tell("feedback", `${Number(made) === config.bet.answer ? "Right." : "Not so."} ${config.bet.feedback}`);
    }

    const tools = { reset: () => move(defaults), csv, png, svg: () => save([alone()], "image/svg+xml", "svg"), link: copy, pin, play };
    inputs.forEach((input, i) =>
      input.addEventListener("input", () => {
        stop();
        const control = controls[i], at = Number(input.value);
        set(control, value(control, control.options ? at : at / (control.positions - 1)));
      }));
    for (const button of all("[data-preset]"))
      button.addEventListener("click", () => (stop(), move(presets[button.dataset.preset])));
    for (const button of all("[data-do]"))
      button.addEventListener("click", () => {
        if (button !== player) stop();
        Promise.resolve(tools[button.dataset.do]()).catch((error) => console.error(error));
      });
    for (const button of all("[data-bet]")) button.addEventListener("click", () => bet(button));
    picture.tabIndex = 0;
    picture.addEventListener("pointermove", hover);
    picture.addEventListener("pointerleave", unread);
    picture.addEventListener("keydown", step);
    picture.addEventListener("blur", unread);
    new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width === width) return;
      width = contentRect.width;
      description.style.minHeight = "";
      if (now && width) draw();
      hold();
    }).observe(picture);

    for (const item of all(".explorer-controls, .explorer-tools, .explorer-reading")) item.hidden = false;
    if (config.bet && equal(read(), defaults)) {
      one("bet").hidden = false;
      root.classList.add("explorer-veiled");
    }
    move(read());
    addEventListener("beforeprint", () => {
      root.classList.remove("explorer-veiled");
      canvases.forEach((each) => draw(each));
    });
  }

  // The page -------------------------------------------------------------------------------------

  if (typeof DecompressionStream === "undefined") return; // the stills stay
  function begin(root) {
    start(root).catch((error) => {
      console.error(error);
      const told = root.querySelector(".explorer-between");
      told.textContent = `The figure cannot be moved: ${error.message}`;
      told.hidden = false;
    });
  }
  const near = new IntersectionObserver((seen) => seen.forEach(({ isIntersecting, target }) => {
    if (!isIntersecting) return;
    near.unobserve(target);
    begin(target);
  }), { rootMargin: "100%" });
  const given = [...new URL(location.href).searchParams.keys()].map((name) => `explorer-${name}`);
  for (const root of document.querySelectorAll(".explorer:not([data-explorer])")) {
    const part = root.querySelector('script[data-part="samples"]');
    if (!part) continue;
    root.dataset.explorer = "ready";
    if (part.textContent || given.some((name) => name.startsWith(`${root.id}.`))) begin(root);
    else near.observe(root);
  }
})();
