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
      var settings = { responsive: true, displaylogo: false, modeBarButtons: [["toImage", "zoomIn2d", "zoomOut2d", "resetScale2d"]] };
      Plotly.newPlot(plot, spec.data, layout, settings).then(function () {
        picture.style.display = "none";
        // The page may still be growing around it.
        if (window.ResizeObserver) new ResizeObserver(function () { if (plot.isConnected) Plotly.Plots.resize(plot); }).observe(plot);
      });
      if (spec.choices) choose(host, plot, spec, layout, settings);
    });
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
