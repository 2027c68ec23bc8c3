// Moves the explorers of a page. Each is a figure with native controls and, in a script element
// beside it, its frames: what differs from the picture in the page, for every setting of the
// controls. Nothing is requested. lib/aiecon/explorer/{codec,frames}.py write what is read here.
(() => {
  "use strict";

  // Reading the frames -------------------------------------------------------------------------

  async function inflate(base64) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  function readFrames(bytes) {
    const length = new DataView(bytes.buffer).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
    let at = 4 + length;

    function integer() {
      let value = 0, scale = 1, byte;
      do {
        byte = bytes[at++];
        value += (byte & 127) * scale;
        scale *= 128;
      } while (byte > 127);
      return value % 2 ? -(value + 1) / 2 : value / 2;
    }

    function arrays({ n, d: [across, along, even] }) {
      const out = [];
      for (const length of even ? Array(n[1]).fill(n[0]) : n) {
        const array = Float64Array.from({ length }, integer);
        for (let time = 0; time < along; time++)
          for (let i = 1; i < length; i++) array[i] += array[i - 1];
        const before = out.at(-1);
        if (across && before?.length === length) array.forEach((_, i) => (array[i] += before[i]));
        out.push(array);
      }
      return out;
    }

    function numbers(column) {
      if (typeof column[0] !== "number") return column;
      const [places, entry] = column;
      return Array.from(arrays(entry)[0], (i) => (i / 10 ** places).toFixed(places));
    }

    function strings(entry) {
      if (Array.isArray(entry)) return entry;
      const which = arrays(entry.w)[0];
      const columns = entry.c.map(numbers);
      let first = 0;
      const kinds = entry.t.map((words) => {
        const own = columns.slice(first, (first += words.length - 1));
        return { words, own, used: 0 };
      });
      return Array.from(which, (kind) => {
        const { words, own, used } = kinds[kind];
        kinds[kind].used++;
        return words.map((word, i) => word + (own[i]?.[used] ?? "")).join("");
      });
    }

    function track({ of, over, i, a, s }) {
      const index = i ? arrays(i)[0] : [0];
      const table = a ? arrays(a) : strings(s);
      return {
        of,
        at: (setting) => table[index[over.reduce((p, c) => p * header.shape[c] + setting[c], 0)]],
      };
    }

    // In the order of writing.
    const tracks = header.tracks.map(track);
    const text = track(header.text);
    const columns = header.columns.map(track);
    return { tracks, text, columns };
  }

  function pathData(codes, x, y, step) {
    const vertices = { M: 1, L: 1, Q: 2, C: 3, Z: 0 };
    let at = 0;
    return codes.replace(/([A-Z])(\d+)/g, (_, command, repeats) => {
      const pairs = [];
      for (let k = repeats * vertices[command]; k > 0; k--, at++)
        pairs.push(`${x[at] / step} ${y[at] / step}`);
      return command + pairs.join(" ");
    });
  }

  // An integer of codec.decimal_code, as text.
  function decimal(code, digits) {
    const size = Math.abs(code), sign = code < 0 ? "-" : "", decade = 9 * 10 ** (digits - 1);
    if (size === 2 ** 30) return "nan";
    if (size === 2 ** 30 - 1) return sign + "inf";
    if (size === 0) return "0";
    const exponent = Math.floor((size - 1) / decade) - 330;
    const mantissa = ((size - 1) % decade) + 10 ** (digits - 1);
    return String(Number(`${sign}${mantissa}e${exponent - digits + 1}`));
  }

  // One explorer ---------------------------------------------------------------------------------

  function start(root) {
    const part = (name) => root.querySelector(`script[data-part="${name}"]`).textContent;
    const all = (selector) => Array.from(root.querySelectorAll(selector));
    const config = JSON.parse(part("config"));
    const inputs = config.controls.map(({ name }) =>
      root.querySelector(`[data-control="${name}"]`));
    const description = root.querySelector(".explorer-description");
    const status = root.querySelector(".explorer-status");
    const elements = new Map(all("[data-e]").map((item) => [Number(item.dataset.e), item]));
    const key = root.id.replace(/^explorer-/, "");
    const parameter = (control) => `${key}.${control.name}`;

    let setting = config.default.slice();
    let frames = null;
    const load = () =>
      (frames ??= inflate(part("frames")).then(readFrames).catch((error) => {
        status.textContent = "This browser cannot read the figure's frames.";
        throw error;
      }));

    // The picture

    const shown = new Map(); // "element attribute" -> value
    function set(item, attribute, value) {
      if (attribute === "text") item.textContent = value;
      else if (attribute === "style") item.setAttribute("style", value.replace(/url\(#/g, `url(#${root.id}-`));
      else if (attribute === "clip" && value) item.setAttribute("clip-path", `url(#${root.id}-${value})`);
      else if (attribute === "clip") item.removeAttribute("clip-path");
      else if (attribute === "display" && !value) item.removeAttribute("display");
      else item.setAttribute(attribute, value);
    }

    function draw({ tracks }) {
      const paths = new Map();
      for (const { of: [number, attribute], at } of tracks) {
        const value = at(setting), place = `${number} ${attribute}`;
        const changed = shown.get(place) !== value;
        shown.set(place, value);
        if (["codes", "x", "y"].includes(attribute)) {
          const path = paths.get(number) ?? {};
          path[attribute] = value;
          path.changed ||= changed;
          paths.set(number, path);
        } else if (changed) set(elements.get(number), attribute, value);
      }
      for (const [number, { codes, x, y, changed }] of paths)
        if (changed) elements.get(number).setAttribute("d", pathData(codes, x, y, config.step));
    }

    let waiting = 0, speaking = 0;
    async function show() {
      const { text } = await load();
      if (!waiting)
        waiting = requestAnimationFrame(async () => {
          waiting = 0;
          draw(await load());
          root.dataset.shown = setting.join(" ");
        });
      clearTimeout(speaking); // a screen reader hears where the controls came to rest
      speaking = setTimeout(() => {
        const sentence = text.at(setting);
        if (description.textContent !== sentence) description.textContent = sentence;
        description.style.minHeight = `${description.offsetHeight}px`; // what follows stands still
        root.dataset.said = setting.join(" ");
      }, 150);
    }

    // The controls

    function words() {
      return config.controls
        .map(({ label, texts }, i) => `${label} = ${texts[setting[i]]}`)
        .join("; ");
    }

    function settle() {
      inputs.forEach((input, i) => {
        const text = config.controls[i].texts[setting[i]];
        if (Number(input.value) !== setting[i]) input.value = setting[i];
        if (input.type !== "range") return;
        input.setAttribute("aria-valuetext", text);
        input.previousElementSibling.textContent = text;
      });
      for (const button of all("[data-preset]")) {
        const preset = config.presets[button.dataset.preset];
        button.setAttribute("aria-pressed", String(preset.every((at, i) => at === setting[i])));
      }
      root.querySelector(".explorer-setting").textContent = words();
    }

    function move(to) {
      setting = to.slice();
      status.textContent = "";
      settle();
      write();
      return show().catch((error) => console.error(error));
    }

    // The address: ?factor-price-frontier.Phi=0.5&… for what differs from the default, so that
    // several explorers and a place in the page (#…) stand beside each other.

    function address() {
      const url = new URL(location.href);
      // Written afresh: one view has one address, in whatever order its controls were moved.
      for (const control of config.controls) url.searchParams.delete(parameter(control));
      config.controls.forEach((control, i) => {
        if (setting[i] !== config.default[i])
          url.searchParams.append(parameter(control), control.at[setting[i]]);
      });
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
      return config.controls.map((control, i) => {
        const text = given.get(parameter(control));
        if (text === null) return config.default[i];
        const exact = control.at.indexOf(text);
        if (exact >= 0 || inputs[i].type !== "range" || !(Number.isFinite(Number(text)) && text.trim()))
          return exact >= 0 ? exact : config.default[i];
        const distance = control.at.map((at) => Math.abs(at - text));
        return distance.indexOf(Math.min(...distance)); // the nearest position
      });
    }

    // The tools

    async function download() {
      const { columns } = await load();
      const field = (text) => (/[",\n#]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
      const values = columns.map(({ at }) => at(setting));
      const lines = [
        `# ${config.title}`,
        `# ${words()}`,
        `# Rounded to ${config.digits} significant digits`,
        columns.map(({ of: [name] }) => field(name)).join(","),
      ];
      for (let row = 0; row < values[0].length; row++)
        lines.push(values.map((column) => decimal(column[row], config.digits)).join(","));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff", lines.join("\n") + "\n"], { type: "text/csv" }));
      link.download = `${config.name}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
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

    const tools = { reset: () => move(config.default), csv: download, link: copy };

    inputs.forEach((input, i) =>
      input.addEventListener("input", () =>
        move(setting.map((at, k) => (k === i ? Number(input.value) : at)))));
    for (const button of all("[data-preset]"))
      button.addEventListener("click", () => move(config.presets[button.dataset.preset]));
    for (const button of all("[data-do]"))
      button.addEventListener("click", () =>
        Promise.resolve(tools[button.dataset.do]()).catch((error) => console.error(error)));
    addEventListener("resize", () => (description.style.minHeight = ""));
    root.addEventListener("pointerenter", load, { once: true });
    root.addEventListener("focusin", load, { once: true });

    for (const item of all(".explorer-controls, .explorer-tools")) item.hidden = false;
    setting = read();
    settle();
    if (setting.some((at, i) => at !== config.default[i]))
      show().catch((error) => console.error(error));
  }

  // The page -------------------------------------------------------------------------------------

  if (typeof DecompressionStream === "undefined") return; // the stills stay
  if (!document.documentElement.dataset.explorers) {
    document.documentElement.dataset.explorers = "ready";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("STYLE");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  for (const root of document.querySelectorAll(".explorer:not([data-explorer])")) {
    if (!root.querySelector('script[data-part="frames"]')) continue;
    root.dataset.explorer = "ready";
    start(root);
  }
})();
