// One play button and one slider for all videos of a grid. Without it each video plays by itself.
(function (id) {
  "use strict";
  function start(host) {
    var videos = Array.from(host.querySelectorAll("video"));
    if (videos.length === 0) return;
    var bar = document.createElement("div"), button = document.createElement("button"), slider = document.createElement("input");
    var place = document.createElement("span"), playing = true, held = false;
    // The one with the most frames leads, so that the slider has a place for each of them.
    function frames(video) { return Number(video.dataset.frames) || 1; }
    var first = videos.reduce(function (most, video) { return frames(video) > frames(most) ? video : most; }), count = frames(first);
    bar.style.cssText = "display:flex;gap:8px;align-items:center;margin:0 0 6px;max-width:480px";
    button.type = "button";
    button.style.cssText = "min-width:5em;padding:2px 8px;border:1px solid rgba(128,128,128,0.45);border-radius:4px;" +
      "background:rgba(128,128,128,0.15);color:inherit;cursor:pointer";
    button.setAttribute("aria-label", "play or pause all");
    slider.type = "range";
    slider.min = 0;
    slider.max = count - 1;
    slider.style.cssText = "flex:1;min-width:0";
    slider.setAttribute("aria-label", "frame in all videos");
    place.style.cssText = "white-space:nowrap;font-variant-numeric:tabular-nums";
    [button, slider, place].forEach(function (part) { bar.appendChild(part); });
    host.insertBefore(bar, host.firstChild);

    function part() { return first.duration ? first.currentTime / first.duration : 0; }
    function seek(to) { videos.forEach(function (v) { if (v.duration) v.currentTime = to * v.duration; }); }
    function frame() { return Math.min(count - 1, Math.floor(part() * count + 1e-6)); }
    function set(on) {
      playing = on;
      button.textContent = on ? "Pause" : "Play";
      if (on) seek(part());
      videos.forEach(function (v) { if (on) v.play().catch(function () { }); else v.pause(); });
    }
    function show() {
      if (!held) slider.value = frame();
      place.textContent = "frame " + (frame() + 1) + " of " + count;
      slider.setAttribute("aria-valuetext", place.textContent);
    }
    // Looped here and not by each video, so that they stay together.
    videos.forEach(function (v) { v.controls = false; v.loop = false; v.muted = true; });
    first.addEventListener("ended", function () { if (playing) { seek(0); set(true); } });
    first.addEventListener("timeupdate", show);
    first.addEventListener("seeked", show);
    button.onclick = function () { set(!playing); };
    slider.onpointerdown = function () { held = true; };
    slider.onpointerup = function () { held = false; };
    // Into the middle of a frame, where rounding cannot lead to its neighbour.
    slider.oninput = function () { set(false); seek((Number(slider.value) + 0.5) / count); };
    show();
    set(true);
  }
  function whenThere(tries) {
    var host = document.getElementById(id);
    if (host) start(host);
    else if (tries < 100) setTimeout(function () { whenThere(tries + 1); }, 50);
  }
  whenThere(0);
})
