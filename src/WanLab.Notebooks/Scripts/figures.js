// Draws WanLab's figures with plotly.js in the place of their static pictures. A page loads this once, after plotly.js;
// figures that came before it wait in window.wanlabWaiting.
(function () {
  "use strict";
  if (window.wanlab) return;
  var border = "1px solid rgba(128,128,128,0.45)", drawn = [];

  // The page says by its text colour whether it is dark, and figures take that colour: right in every theme.
  function themed(layout, host) {
    var text = getComputedStyle(host).color;
    var grid = "rgba(128,128,128,0.25)";
    layout.font = { color: text, size: 12 };
    layout.paper_bgcolor = "rgba(0,0,0,0)";
    layout.plot_bgcolor = layout.wanlabGround || layout.paper_bgcolor;
    ["xaxis", "yaxis"].forEach(function (name) {
      layout[name] = Object.assign({ gridcolor: grid, zerolinecolor: grid, linecolor: grid, automargin: true }, layout[name]);
    });
    var parts = (text.match(/[\d.]+/g) || [0, 0, 0]).map(Number);
    var isDark = parts[0] + parts[1] + parts[2] > 384;
    layout.hoverlabel = { bgcolor: isDark ? "#2d3748" : "#ffffff", bordercolor: "#718096", font: { color: text }, align: "left" };
    return layout;
  }

  function draw(id, spec) {
    whenThere(id, function (host) {
      var picture = host.querySelector("img, .wanlab-still");
      var plot = document.createElement("div");
      plot.style.cssText = "width:100%;height:" + spec.height + "px";
      host.insertBefore(plot, picture);
      var layout = spec.layout;
      if (spec.title !== undefined) {
        delete layout.title; // above the plot instead, where it can wrap
        layout.margin = { l: 60, r: 20, t: 12, b: 50 };
      }
      layout.wanlabGround = spec.ground;
      spec.first = { xaxis: layout.xaxis && layout.xaxis.range, yaxis: layout.yaxis && layout.yaxis.range };
      themed(layout, host);
      nameBelow(layout.shapes || [], spec.data);
      if (spec.readings) spec.data.push(readings(spec));
      Plotly.newPlot(plot, spec.data, layout, { responsive: true, displaylogo: false, displayModeBar: false }).then(function () {
        picture.style.display = "none";
        makeRoom(plot, 8);
        // The page may still be growing around it.
        if (window.ResizeObserver) new ResizeObserver(function () {
          if (plot.isConnected) Plotly.Plots.resize(plot).then(function () { makeRoom(plot, 8); });
        }).observe(plot);
        if (spec.detail) detailed(plot, spec);
      });
      drawn.push({ host: host, plot: plot, color: getComputedStyle(host).color });
      var title = heading(host, plot, spec);
      if (spec.choices) choose(host, plot, spec, title);
    });
  }

  // The title and what can be done with the plot, above it; the two wrap where there is no room for both.
  function heading(host, plot, spec) {
    var bar = document.createElement("div"), title = document.createElement("b"), tools = document.createElement("span");
    bar.className = "wanlab-bar";
    bar.style.cssText = "display:flex;flex-wrap:wrap;align-items:center;gap:2px 12px;margin:6px 8px 0";
    title.style.cssText = "flex:1 1 12em;font-size:14px;overflow-wrap:anywhere";
    title.textContent = spec.title || "";
    tools.style.cssText = "display:flex;gap:4px";
    if (spec.scales) scales(tools, plot, spec);
    tool(tools, "+", "zoom in", function () { zoom(plot, 0.5); });
    tool(tools, "\u2212", "zoom out", function () { zoom(plot, 2); });
    tool(tools, "reset", "show everything", function () { Plotly.relayout(plot, whole(spec)); });
    tool(tools, "save", "save as a picture", function () { save(plot, spec, title.textContent); });
    bar.appendChild(title);
    bar.appendChild(tools);
    host.insertBefore(bar, plot);
    return title;
  }

  function tool(tools, text, label, click) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.style.cssText = "font:11px sans-serif;line-height:1.3;padding:2px 7px;border:" + border +
      ";border-radius:4px;background:transparent;color:inherit;cursor:pointer";
    button.onclick = click;
    tools.appendChild(button);
    return button;
  }

  // Which scale is on is seen, and said to those who do not see it.
  function scales(tools, plot, spec) {
    var on = spec.layout.yaxis.type === "log" ? "log" : "linear";
    var buttons = ["linear", "log"].map(function (name) {
      return tool(tools, name, name + " scale", function () {
        on = name;
        show();
        var range = on === spec.layout.wanlabScale && spec.layout.wanlabRange;
        Plotly.relayout(plot, range ? { "yaxis.type": on, "yaxis.range": range.slice() } : { "yaxis.type": on, "yaxis.autorange": true });
      });
    });
    spec.layout.wanlabScale = on;
    spec.layout.wanlabRange = spec.layout.yaxis.range && spec.layout.yaxis.range.slice();
    function show() {
      buttons.forEach(function (button) {
        var pressed = button.textContent === on;
        button.setAttribute("aria-pressed", pressed);
        button.style.background = pressed ? "#2b6cb0" : "transparent";
        button.style.color = pressed ? "#ffffff" : "inherit";
      });
    }
    show();
  }

  function zoom(plot, by) {
    var change = {};
    ["xaxis", "yaxis"].forEach(function (name) {
      var range = plot._fullLayout[name].range, middle = (range[0] + range[1]) / 2, half = by * (range[1] - range[0]) / 2;
      change[name + ".range"] = [middle - half, middle + half];
    });
    Plotly.relayout(plot, change);
  }

  function whole(spec) {
    var change = {};
    ["xaxis", "yaxis"].forEach(function (name) {
      var first = spec.first && spec.first[name];
      if (first) change[name + ".range"] = first.slice(); else change[name + ".autorange"] = true;
    });
    return change;
  }

  // The picture is for elsewhere: dark on white, with the title in it.
  function save(plot, spec, title) {
    var layout = JSON.parse(JSON.stringify(plot.layout));
    if (title) layout.title = { text: "<b>" + title.replace(/&/g, "&amp;").replace(/</g, "&lt;") + "</b>", font: { size: 14 }, x: 0.02, y: 0.98, yanchor: "top" };
    if (title) layout.margin.t += 30;
    layout.font.color = "#1a202c";
    layout.paper_bgcolor = layout.plot_bgcolor = "#ffffff";
    Plotly.downloadImage({ data: plot.data, layout: layout },
      { format: "png", scale: 2, width: plot.clientWidth, height: plot.clientHeight + 30, filename: title.replace(/[^\w]+/g, "-") || "figure" });
  }

  // What hovering says of a step: each line's value there, or that it was not its turn and the value it had before.
  function readings(spec) {
    var lines = spec.readings.map(function (reading) {
      var raw = spec.data[reading.raw], smooth = spec.data[reading.smoothed], at = new Map(), mean = new Map();
      raw.x.forEach(function (x, k) { if (raw.y[k] !== null) at.set(x, raw.y[k]); });
      if (smooth) smooth.x.forEach(function (x, k) { mean.set(x, smooth.y[k]); });
      return { name: reading.name, at: at, mean: mean, before: null };
    });
    var steps = [];
    lines.forEach(function (line) { line.at.forEach(function (y, x) { steps.push(x); }); });
    steps = Array.from(new Set(steps)).sort(function (a, b) { return a - b; });
    var heights = [], texts = steps.map(function (step) {
      var height = null, words = lines.map(function (line) {
        var value = line.at.get(step), text = line.name + " ";
        if (value !== undefined) {
          height = line.mean.has(step) && line.mean.get(step) !== null ? line.mean.get(step) : value;
          line.before = step;
          return text + digits(value) + (line.mean.has(step) ? " (smoothed " + digits(line.mean.get(step)) + ")" : "");
        }
        return text + "not its turn" + (line.before === null ? "" : " (" + digits(line.at.get(line.before)) + " at " + line.before + ")");
      });
      heights.push(height);
      return "<b>step " + step + "</b><br>" + words.join("<br>");
    });
    spec.data.forEach(function (trace) { trace.hoverinfo = "skip"; });
    return {
      type: "scatter", mode: "lines", x: steps, y: heights, text: texts, hovertemplate: "%{text}<extra></extra>", showlegend: false,
      line: { width: 0, color: "#718096" }
    };
  }

  function digits(value) { return value === null ? "-" : String(Number(value.toPrecision(3))); }

  // Grounds and gaps that are too fine for the whole figure come when someone zooms in.
  function detailed(plot, spec) {
    var isFine = false, traces = spec.detail.bridged.map(function (b, k) { return k; });
    var plain = traces.map(function (k) { return { x: spec.data[k].x, y: spec.data[k].y }; });
    plot.on("plotly_relayout", function () {
      var range = plot._fullLayout.xaxis.range, fine = range[1] - range[0] <= spec.detail.width;
      if (fine === isFine) return;
      isFine = fine;
      var lines = fine ? traces.map(function (k) { return gapped(plain[k], spec.detail.bridged[k]); }) : plain;
      Plotly.update(plot, { x: lines.map(function (l) { return l.x; }), y: lines.map(function (l) { return l.y; }) }, {
        shapes: plot.layout.shapes.map(function (shape) {
          return shape.type === "path" ? Object.assign({}, shape, { visible: fine }) : shape;
        })
      }, traces);
    });
  }

  function gapped(line, bridged) {
    if (bridged === null) return line;
    var x = [], y = [];
    line.x.forEach(function (at, k) {
      if (k > 0 && at - line.x[k - 1] > bridged) {
        x.push((at + line.x[k - 1]) / 2);
        y.push(null);
      }
      x.push(at);
      y.push(line.y[k]);
    });
    return { x: x, y: y };
  }

  // A reference above all values is the upper edge, where a name above it would be cut off.
  function nameBelow(shapes, data) {
    var highest = -Infinity;
    data.forEach(function (trace) {
      var above = trace.error_y && trace.error_y.array || [];
      (trace.y || []).forEach(function (y, k) { if (y !== null) highest = Math.max(highest, y + (above[k] || 0)); });
    });
    shapes.forEach(function (shape) {
      if (shape.label && shape.xref === "paper" && shape.y0 >= highest) shape.label.yanchor = "top";
    });
  }

  // A legend of several rows grows upwards; the plot gives way, so that all of it is seen. plotly.js moves the legend by
  // less than the margin grows, so it takes some tries.
  function makeRoom(plot, tries) {
    var legend = plot.querySelector(".legend"), title = plot.querySelector(".gtitle");
    if (!legend || tries === 0) return;
    var above = (title || plot).getBoundingClientRect(), lap = (title ? above.bottom : above.top) + 2 - legend.getBoundingClientRect().top;
    if (lap <= 1) return;
    Plotly.relayout(plot, "margin.t", plot.layout.margin.t + lap).then(function () { makeRoom(plot, tries - 1); });
  }

  // A list for each setting; every combination's lines came with the figure.
  function choose(host, plot, spec, title) {
    var bar = document.createElement("div"), setting = document.createElement("div");
    bar.style.cssText = "display:flex;gap:4px 16px;flex-wrap:wrap;margin:6px 8px 4px";
    setting.style.cssText = "margin:2px 8px 4px;font-size:12px;overflow-wrap:anywhere;white-space:pre-wrap";
    var lists = spec.choices.map(function (choice) {
      var label = document.createElement("label");
      var list = document.createElement("select");
      label.textContent = choice.name + " ";
      choice.values.forEach(function (value) { list.add(new Option(value, value, value === choice.value, value === choice.value)); });
      list.onchange = change;
      label.appendChild(list);
      bar.appendChild(label);
      return list;
    });
    function chosen() { return spec.cases[lists.map(function (l) { return l.value; }).join("|")]; }
    function change() {
      var now = chosen();
      say(now);
      Plotly.react(plot, now.data, Object.assign({}, plot.layout, { shapes: now.shapes }));
    }
    function say(now) {
      title.textContent = now.title;
      setting.textContent = "In the job:   " + now.setting;
    }
    host.insertBefore(bar, plot);
    host.insertBefore(setting, plot);
    say(chosen());
  }

  // A theme may change long after drawing: by the system's setting, by an attribute of the page, by another style sheet.
  function retheme() {
    drawn = drawn.filter(function (one) { return one.plot.isConnected; });
    drawn.forEach(function (one) {
      var color = getComputedStyle(one.host).color;
      if (color === one.color) return;
      one.color = color;
      Plotly.react(one.plot, one.plot.data, themed(Object.assign({}, one.plot.layout), one.host));
    });
  }

  function soon() {
    retheme();
    setTimeout(retheme, 400); // style sheets and transitions take a moment
  }

  if (window.matchMedia) {
    var dark = matchMedia("(prefers-color-scheme: dark)");
    if (dark.addEventListener) dark.addEventListener("change", soon);
  }
  if (window.MutationObserver) {
    var look = new MutationObserver(soon);
    [document.documentElement, document.body].forEach(function (element) { if (element) look.observe(element, { attributes: true }); });
    if (document.head) look.observe(document.head, { childList: true });
    if (!document.body) document.addEventListener("DOMContentLoaded", function () { look.observe(document.body, { attributes: true }); });
  }

  // Notebooks run the scripts of an output before they put it into the page.
  function whenThere(id, then, tries) {
    var host = document.getElementById(id);
    if (host) then(host);
    else if ((tries || 0) < 100) setTimeout(function () { whenThere(id, then, (tries || 0) + 1); }, 50);
  }

  window.wanlab = { draw: draw };
  (window.wanlabWaiting || []).forEach(function (waiting) { draw(waiting[0], waiting[1]); });
  window.wanlabWaiting = [];
})();
