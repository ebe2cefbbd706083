// Draws WanLab's figures with plotly.js in the place of their static pictures. A page loads this once, after plotly.js;
// figures that came before it wait in window.wanlabWaiting.
(function () {
  "use strict";
  if (window.wanlab) return;

  // The page says by its text colour whether it is dark, and figures take that colour: right in every theme.
  function themed(layout, element) {
    var text = getComputedStyle(element).color;
    var grid = "rgba(128,128,128,0.25)";
    layout.font = { color: text, size: 12 };
    layout.paper_bgcolor = layout.plot_bgcolor = "rgba(0,0,0,0)";
    ["xaxis", "yaxis"].forEach(function (name) {
      layout[name] = Object.assign({ gridcolor: grid, zerolinecolor: grid, linecolor: grid, automargin: true }, layout[name]);
    });
    var parts = (text.match(/[\d.]+/g) || [0, 0, 0]).map(Number);
    var isDark = parts[0] + parts[1] + parts[2] > 384;
    layout.hoverlabel = { bgcolor: isDark ? "#2d3748" : "#ffffff", font: { color: text } };
    layout.modebar = { bgcolor: "rgba(0,0,0,0)", color: "rgba(128,128,128,0.6)", activecolor: "#3182ce" };
    (layout.updatemenus || []).forEach(function (menu) {
      menu.bgcolor = "rgba(128,128,128,0.15)";
      menu.bordercolor = "rgba(128,128,128,0.4)";
      menu.font = { color: text, size: 11 };
    });
    return layout;
  }

  function draw(id, spec) {
    whenThere(id, function (host) {
      var picture = host.querySelector("img, .wanlab-still");
      var plot = document.createElement("div");
      plot.style.cssText = "width:100%;height:" + spec.height + "px";
      host.insertBefore(plot, picture);
      var layout = themed(spec.layout, host);
      nameBelow(layout.shapes || [], spec.data);
      var settings = { responsive: true, displaylogo: false, modeBarButtons: [["toImage", "zoomIn2d", "zoomOut2d", "resetScale2d"]] };
      Plotly.newPlot(plot, spec.data, layout, settings).then(function () {
        picture.style.display = "none";
        makeRoom(plot, 8);
        // The page may still be growing around it.
        if (window.ResizeObserver) new ResizeObserver(function () {
          if (plot.isConnected) Plotly.Plots.resize(plot).then(function () { makeRoom(plot, 8); });
        }).observe(plot);
      });
      if (spec.choices) choose(host, plot, spec, layout, settings);
    });
  }

  // A reference above all values is the upper edge, where a name above it would be cut off.
  function nameBelow(shapes, data) {
    var highest = -Infinity;
    data.forEach(function (trace) {
      var above = trace.error_y && trace.error_y.array || [];
      (trace.y || []).forEach(function (y, k) { if (y !== null) highest = Math.max(highest, y + (above[k] || 0)); });
    });
    shapes.forEach(function (shape) { if (shape.label && shape.y0 >= highest) shape.label.yanchor = "top"; });
  }

  // A legend of several rows grows upwards; the plot gives way, so that the title stays free. plotly.js moves the legend by
  // less than the margin grows, so it takes some tries.
  function makeRoom(plot, tries) {
    var legend = plot.querySelector(".legend"), title = plot.querySelector(".gtitle");
    if (!legend || !title || tries === 0) return;
    var lap = title.getBoundingClientRect().bottom + 2 - legend.getBoundingClientRect().top;
    if (lap <= 1) return;
    Plotly.relayout(plot, "margin.t", plot.layout.margin.t + lap).then(function () { makeRoom(plot, tries - 1); });
  }

  // A list for each setting; every combination's traces came with the figure.
  function choose(host, plot, spec, layout, settings) {
    var bar = document.createElement("div");
    bar.style.cssText = "display:flex;gap:16px;flex-wrap:wrap;margin:4px 0 4px 8px";
    var lists = spec.choices.map(function (choice) {
      var label = document.createElement("label");
      var list = document.createElement("select");
      label.textContent = choice.name + " ";
      choice.values.forEach(function (value) { list.add(new Option(value, value, value === choice.value, value === choice.value)); });
      list.onchange = function () {
        var key = lists.map(function (l) { return l.value; }).join("|");
        Plotly.react(plot, spec.cases[key], layout, settings);
      };
      label.appendChild(list);
      bar.appendChild(label);
      return list;
    });
    host.insertBefore(bar, plot);
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
