// Makes the outputs of a page still: waits for plots, and puts the first, middle and last frame in the place of each video.
// Gives for each output where its content lies and what it says.
(async function () {
  "use strict";
  const until = async (what, done) => {
    for (let tries = 0; !done(); tries++) {
      if (tries === 600) throw new Error("waited for " + what);
      await new Promise(next => setTimeout(next, 50));
    }
  };
  const event = (element, name) => new Promise(done => element.addEventListener(name, done, { once: true }));
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  // Has a place, although it is not seen.
  const folded = element => element.closest("details:not([open])") && !element.closest("summary");

  await until("the page", () => document.readyState === "complete");
  await document.fonts.ready;
  all("details").filter(fold => fold.querySelector("video")).forEach(fold => { fold.open = true; });
  // A plot hides the picture that it replaces as soon as it is drawn.
  if (window.Plotly) await until("plots", () => (window.wanlabWaiting || []).length === 0 &&
    all(".js-plotly-plot").every(plot => plot.querySelector(".main-svg") && plot.nextElementSibling.style.display === "none"));
  for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame); // in which plots make room for their legends
  all("button[aria-label='play or pause all']").forEach(button => button.parentElement.remove());

  // Measured before the first video gives way, as columns move then.
  const names = new Map(all("video").map(video => [video, video.closest("tr").querySelector("th")?.getBoundingClientRect().width ?? 0]));
  for (const video of all("video")) {
    video.pause();
    video.removeAttribute("controls");
    await until("a video", () => video.readyState >= 2);
    // Side by side where three frames of a size to look at fit into the column, else one below the other.
    const room = (860 - names.get(video)) / video.closest("tr").querySelectorAll("td").length - 18;
    const down = room < 3 * 56 + 4;
    const strip = document.createElement("div");
    strip.className = "strip";
    strip.style.cssText = "display:flex;gap:2px;flex-direction:" + (down ? "column" : "row");
    const side = Math.floor(Math.min(88, down ? room : (room - 4) / 3));
    for (const place of [0, 0.5, 1]) {
      const at = place * Math.max(0, video.duration - 0.04);
      if (Math.abs(video.currentTime - at) > 1e-4) {
        const arrived = event(video, "seeked");
        video.currentTime = at;
        await arrived;
      }
      const frame = document.createElement("canvas");
      frame.width = video.videoWidth;
      frame.height = video.videoHeight;
      frame.style.cssText = "border-radius:3px;width:" + side + "px";
      frame.getContext("2d").drawImage(video, 0, 0);
      strip.appendChild(frame);
    }
    video.replaceWith(strip);
  }
  for (const output of all(".output").filter(output => output.querySelector(".strip"))) {
    const caption = document.createElement("div");
    caption.style.cssText = "font-size:12px;opacity:0.7;margin:6px 0 0 8px";
    caption.textContent = "The first, middle and last frame of each clip; in a notebook that runs, the clips play.";
    output.appendChild(caption);
  }

  return all(".output").map(output => {
    const box = output.getBoundingClientRect();
    let right = 0, bottom = 0;
    const reach = r => {
      if (r.width === 0 || r.height === 0) return;
      right = Math.max(right, r.right - box.left);
      bottom = Math.max(bottom, r.bottom - box.top);
    };
    const words = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (words.nextNode()) {
      if (words.currentNode.parentElement.closest("script, style, svg") || folded(words.currentNode.parentElement)) continue;
      range.selectNodeContents(words.currentNode);
      Array.from(range.getClientRects()).forEach(reach);
    }
    all("img, canvas, pre, td, th, .js-plotly-plot, select", output).filter(e => !folded(e)).forEach(e => reach(e.getBoundingClientRect()));
    return {
      x: box.left + scrollX, y: box.top + scrollY, width: Math.ceil(right) + 8,
      height: Math.ceil(Math.max(bottom, 1)) + 8, plots: all(".js-plotly-plot", output).length, videos: all(".strip", output).length,
      text: output.innerText,
    };
  });
})()
