// One play button and one slider for all videos of a grid. Without it each video plays by itself.
(function (id) {
  "use strict";
  function start(host) {
    var videos = Array.from(host.querySelectorAll("video"));
    if (videos.length === 0) return;
    var first = videos[0], bar = document.createElement("div"), button = document.createElement("button");
    var slider = document.createElement("input"), time = document.createElement("span"), playing = true, held = false;
    bar.style.cssText = "display:flex;gap:8px;align-items:center;margin:0 0 6px;max-width:480px";
    button.style.cssText = "min-width:5em";
    button.setAttribute("aria-label", "play or pause all");
    slider.type = "range";
    slider.min = 0;
    slider.max = 1000;
    slider.style.flex = "1";
    slider.setAttribute("aria-label", "place in all videos");
    [button, slider, time].forEach(function (part) { bar.appendChild(part); });
    host.insertBefore(bar, host.firstChild);

    function part() { return first.duration ? first.currentTime / first.duration : 0; }
    function seek(to) { videos.forEach(function (v) { if (v.duration) v.currentTime = to * v.duration; }); }
    function set(on) {
      playing = on;
      button.textContent = on ? "Pause" : "Play";
      if (on) seek(part());
      videos.forEach(function (v) { if (on) v.play().catch(function () { }); else v.pause(); });
    }
    function show() {
      if (!held) slider.value = Math.round(1000 * part());
      time.textContent = first.currentTime.toFixed(2) + " s";
    }
    // Looped here and not by each video, so that they stay together.
    videos.forEach(function (v) { v.controls = false; v.loop = false; v.muted = true; });
    first.addEventListener("ended", function () { if (playing) { seek(0); set(true); } });
    first.addEventListener("timeupdate", show);
    first.addEventListener("seeked", show);
    button.onclick = function () { set(!playing); };
    slider.onpointerdown = function () { held = true; };
    slider.onpointerup = function () { held = false; };
    slider.oninput = function () { set(false); seek(slider.value / 1000); };
    set(true);
  }
  function whenThere(tries) {
    var host = document.getElementById(id);
    if (host) start(host);
    else if (tries < 100) setTimeout(function () { whenThere(tries + 1); }, 50);
  }
  whenThere(0);
})
