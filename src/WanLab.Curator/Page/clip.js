// One clip: its pictures, its motion over time, its parts, its caption.
import { page, encoded, label, make, write, textOf, edit, change, flush, say } from './data.js';

const place = document.getElementById('clip');
export const clipView = { name: null, part: 0, onMove: () => {}, onClose: () => {} };
let video = null, caption = null, times = null, shown = null;

export function open(name) {
  if (clipView.name !== name) { clipView.part = 0; shown = null; }
  clipView.name = name;
  place.hidden = false;
  render();
}

export function close() {
  flush();
  video?.pause();
  place.hidden = true;
  clipView.name = null;
  shown = null;
  clipView.onClose();
}

export function isOpen() { return !place.hidden; }
export function focusCaption() { caption?.focus(); }
export function hasCaptionFocus() { return document.activeElement === caption; }
const clip = () => page.byName.get(clipView.name);
const parts = () => clip().parts.length ? clip().parts : [{ first: 0, end: clip().frames, crop: null }];
const part = () => parts()[Math.min(clipView.part, parts().length - 1)];
const seconds = frame => frame / (clip().fps || 1);
const isImage = () => /\.(png|jpe?g|webp|bmp|tiff?|avif)$/i.test(clip().name);

// The texts and lists change with every answer of the server; video, time line and caption stay, so that nothing jumps while one works.
export function render() {
  const now = clip();
  if (!now) { place.hidden = true; return; }
  if (shown !== now.name) {
    shown = now.name;
    place.replaceChildren(...frameOf(now));
    place.scrollTop = 0;
    delete place.dataset.look;
  }
  fill(now);
}

function frameOf(now) {
  video = null;
  const picture = make('div', { class: 'picture' });
  const clipped = make('div', { class: 'clipped' });
  if (isImage()) clipped.append(make('img', { class: 'still', src: `/clip/${encoded(now.name)}`, alt: now.name }));
  else {
    video = make('video', { src: `/clip/${encoded(now.name)}`, muted: true, loop: false, playsInline: true, autoplay: true, preload: 'auto' });
    // What this browser cannot play, the server turns into something that it can.
    video.addEventListener('error', () => { if (!/\/(preview|trained)\//.test(video.src)) video.src = `/preview/${encoded(shown)}`; });
    video.addEventListener('timeupdate', () => { drawPlace(); hold(); });
    video.addEventListener('loadedmetadata', drawCrop);
    clipped.append(video);
  }
  clipped.append(make('div', { class: 'crop', hidden: true, id: 'crop' }));
  picture.append(clipped);
  if (!page.pending.has(now.name)) page.seen.set(now.name, now.caption);
  caption = make('textarea', { id: 'caption', spellcheck: true, 'aria-label': `Caption of ${now.name}`, value: textOf(now) });
  caption.addEventListener('input', () => { write(clip(), caption.value); });
  times = make('div', { class: 'time', id: 'time', 'aria-hidden': 'true' });
  times.addEventListener('pointerdown', grab);
  return [
    make('div', { class: 'row' },
      make('button', { onclick: () => clipView.onMove(-1), title: 'Previous clip (← or Alt+↑)', 'aria-label': 'Previous clip' }, '←'),
      make('button', { onclick: () => clipView.onMove(1), title: 'Next clip (→ or Alt+↓)', 'aria-label': 'Next clip' }, '→'),
      make('span', { class: 'space' }),
      make('button', { onclick: close, title: 'Close (Esc)' }, 'Close')),
    make('h2', {}, now.name),
    picture, times, make('h3', {}, 'Caption'), caption, make('div', { id: 'texts' }), make('div', { id: 'controls' }),
    make('div', { id: 'facts' }),
  ];
}

function fill(now) {
  if (document.activeElement !== caption && !page.pending.has(now.name)) {
    if (caption.value !== now.caption) caption.value = now.caption;
    page.seen.set(now.name, now.caption);
  }
  // What has not changed stays, with the focus of whoever works with the keyboard.
  const look = JSON.stringify([now, clipView.part]);
  if (place.dataset.look === look) return;
  place.dataset.look = look;
  drawTime(now);
  drawCrop();
  const range = part(), cuts = now.findings.filter(finding => finding.kind === 'cut').map(finding => Math.round(finding.from * now.fps));
  const controls = document.getElementById('controls');
  controls.replaceChildren(
    make('div', { class: 'row' },
      now.is_dropped ? make('button', { onclick: () => edit('restore', [now.name]) }, 'Restore') : make('button', { onclick: drop, title: 'D' }, 'Drop'),
      make('button', { onclick: accept, title: 'Looked at and good (A)', 'aria-pressed': String(now.is_accepted) }, now.is_accepted ? '✓ Good' : 'Good'),
      now.suggestion ? make('button', { class: 'main', onclick: suggested, title: 'S' }, sentence(now.suggestion)) : null,
      now.parts.length || now.new_name ? make('button', { onclick: () => edit('reset', [now.name]) }, 'As it was') : null),
    isImage() || !now.frames ? '' : make('div', { class: 'row' },
      make('button', { onclick: () => trim('first'), title: 'Begin here (I)' }, 'Begin here'), make('button', { onclick: () => trim('end'), title: 'End here (O)' }, 'End here'),
      make('button', { onclick: split, title: 'Split here (X)' }, 'Split here'),
      cuts.length && now.parts.length <= 1 ? make('button', { onclick: () => edit('split', [now.name], { places: cuts }) }, `Split at ${cuts.length} cut${cuts.length > 1 ? 's' : ''}`) : null,
      cropChoice(range)),
    isImage() || !now.frames ? '' : trainedChoice(now),
    now.parts.length > 1 ? make('div', { class: 'row' }, ...now.parts.map((each, at) => make('button', {
      'aria-pressed': String(at === clipView.part), onclick: () => { clipView.part = at; if (video) video.currentTime = seconds(each.first); fill(clip()); },
    }, `${at === clipView.part ? '▸ ' : ''}Part ${at + 1}: ${seconds(each.first).toFixed(1)}–${seconds(each.end).toFixed(1)} s`)),
      make('button', { onclick: () => edit('drop_part', [now.name], { part: clipView.part + 1 }) }, 'Drop this part')) : '');
  const texts = document.getElementById('texts');
  const phrase = now.motion?.phrase;
  texts.replaceChildren(
    now.draft !== null ? make('div', {}, make('h3', {}, 'Draft'), make('div', { class: 'draft' }, now.draft),
      make('div', { class: 'row' }, make('button', { onclick: acceptDraft, title: 'Alt+D' }, 'Take the draft'),
        make('button', { onclick: () => { caption.value = now.draft; write(now, now.draft); caption.focus(); } }, 'Take and change it'))) : '',
    phrase ? make('div', { class: 'row' }, make('span', { class: 'quiet' }, 'Measured:'),
      make('button', { onclick: addPhrase, title: 'Add to the caption (Alt+M)' }, `+ ${phrase}`)) : '',
    now.flaws.length ? make('ul', { class: 'plain' }, ...now.flaws.map(flaw => make('li', { class: 'flaw' }, flaw))) : '');
  const facts = document.getElementById('facts');
  const motion = now.motion;
  facts.replaceChildren(make('h3', {}, 'Found'),
    now.findings.length ? make('ul', { class: 'plain' }, ...now.findings.map(finding => make('li', {}, make('span', { class: 'tag' }, label(finding.kind)), ' ', finding.words)))
      : make('p', { class: 'quiet' }, now.is_scanned ? 'Nothing to complain of.' : 'Being scanned.'),
    make('p', { class: 'quiet' }, now.width ? `${now.width}×${now.height}, ${now.frames} frames, ${now.fps.toFixed(2)} a second, ${now.seconds.toFixed(2)} s`
      + (motion ? `; camera: ${motion.phrase || (motion.confidence < 0.5 ? 'unclear' : 'none')} (${Math.round(100 * motion.confidence)} % sure); `
        + `subject ${motion.subject.toFixed(2)} widths a second` : '')
      + (now.sharpness === null ? '' : `; sharpness ${now.sharpness.toFixed(2)}`) : ''));
}

const sentence = words => words.length > 60 ? `${words.slice(0, 57)}…` : words[0].toUpperCase() + words.slice(1);

function cropChoice(range) {
  const select = make('select', { 'aria-label': 'Crop', title: 'Crop' });
  const now = range.crop ? `${range.crop[2]}×${range.crop[3]}` : 'whole picture';
  select.append(make('option', { value: '' }, `Crop: ${now}`), make('option', { value: 'none' }, 'whole picture'));
  for (const shape of ['16:9', '4:3', '1:1', '3:4', '9:16'])
    for (const at of ['', '@left', '@right', '@top', '@bottom']) select.append(make('option', { value: shape + at }, shape + (at ? ` ${at.slice(1)}` : ' centre')));
  select.addEventListener('change', () => { if (select.value) edit('crop', [clip().name], { text: select.value, part: clip().parts.length > 1 ? clipView.part + 1 : null }); });
  return select;
}

// The clip as training shows it: its frames, its crop, its size, at 16 frames a second.
let trained = { frames: 41, resolution: 512 };
function trainedChoice(now) {
  const number = (name, values) => make('select', { 'aria-label': name, onchange: event => { trained[name] = Number(event.target.value); } },
    ...values.map(value => make('option', { value, selected: value === trained[name] }, String(value))));
  const words = make('span', { class: 'quiet', role: 'status' });
  const show = async () => {
    words.textContent = 'making it…';
    const address = `/trained/${encoded(now.name)}?frames=${trained.frames}&resolution=${trained.resolution}`;
    const answer = await fetch(address, { headers: { Range: 'bytes=0-1' } }).catch(() => null);
    if (!answer?.ok) { words.textContent = answer ? await answer.text() : 'the server does not answer'; return; }
    video.src = address;
    video.loop = true;
    await video.play().catch(() => {});
    words.textContent = `as trained: ${video.videoWidth}×${video.videoHeight}, ${trained.frames} frames in ${(trained.frames / 16).toFixed(2)} s`;
  };
  return make('div', { class: 'row' }, make('button', { onclick: show, title: 'Play exactly what training sees' }, 'As trained'),
    number('frames', [17, 33, 41, 49, 81]), make('span', { class: 'quiet' }, 'frames at'), number('resolution', [64, 256, 384, 512, 768, 1024]),
    make('button', { onclick: () => { video.loop = false; video.src = `/clip/${encoded(now.name)}`; video.play(); words.textContent = ''; } }, 'As it is'), words);
}

export const drop = () => edit(clip().is_dropped ? 'restore' : 'drop', [clip().name]);
export const accept = () => edit(clip().is_accepted ? 'unaccept' : 'accept', [clip().name]);
export const suggested = () => clip().suggestion ? edit('suggested', [clip().name]) : undefined;
export const acceptDraft = () => clip().draft !== null ? change('/api/draft', { clips: [clip().name] }).then(() => { caption.value = textOf(clip()); }) : undefined;

export function addPhrase() {
  const phrase = clip().motion?.phrase;
  if (!phrase || caption.value.toLowerCase().includes(phrase)) return;
  caption.value = caption.value.trim() ? `${caption.value.trim().replace(/[,.]$/, '')}, ${phrase}` : phrase;
  write(clip(), caption.value);
}

// --- time
// The frame that is shown: the last one that has begun.
const frameNow = () => video ? Math.max(0, Math.min(clip().frames, Math.floor(video.currentTime * clip().fps + 0.01))) : 0;

// While the clip plays as trained, a place in it is no place in the clip.
function isElsewhere() {
  if (!video?.src.includes('/trained/')) return false;
  say('it plays as trained: press “As it is” before you cut', true);
  return true;
}

export function trim(side) {
  if (isElsewhere()) return undefined;
  const range = part();
  const [first, end] = side === 'first' ? [Math.min(frameNow(), range.end - 1), range.end] : [range.first, Math.max(frameNow(), range.first + 1)];
  return setRange(first, end);
}

function setRange(first, end) {
  return edit('trim', [clip().name], { first, end, part: clip().parts.length > 1 ? clipView.part + 1 : null });
}

export function split() { return isElsewhere() ? undefined : edit('split', [clip().name], { places: [frameNow()] }); }
export function step(frames) { if (video) { video.pause(); video.currentTime = Math.max(0, video.currentTime + frames / (clip().fps || 16)); } }
export function toggle() {
  if (!video) return;
  if (!video.paused) { video.pause(); return; }
  if (video.currentTime < seconds(part().first) - 0.01 || video.currentTime >= seconds(part().end) - 0.05) video.currentTime = seconds(part().first);
  video.play();
}

// What is trimmed away is not played; the part is played again and again.
function hold() {
  if (video.src.includes('/trained/')) return;
  if (video.paused || clip()?.parts.length === 0) { if (!video.paused && video.currentTime >= video.duration - 0.05) video.currentTime = 0; return; }
  if (video.currentTime >= seconds(part().end) - 0.02) video.currentTime = seconds(part().first);
}

function svg(tag, attributes, words) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (words) element.append(words);
  return element;
}

const colours = { black: '#000', still_head: '#8a8f99', still_tail: '#8a8f99', frozen: '#8a8f99', no_motion: '#8a8f99' };

function drawTime(now) {
  if (isImage() || !now.seconds) { times.hidden = true; return; }
  times.hidden = false;
  const chart = svg('svg', { viewBox: '0 0 1000 74', preserveAspectRatio: 'none' });
  const x = at => 1000 * at / now.seconds;
  chart.append(svg('rect', { x: 0, y: 0, width: 1000, height: 60, fill: 'var(--shade)' }));
  for (const finding of now.findings) if (colours[finding.kind])
    chart.append(svg('rect', { x: x(finding.from), y: 0, width: Math.max(2, x(finding.to) - x(finding.from)), height: 60, fill: colours[finding.kind], opacity: .45 }));
  if (now.motion?.curve.length > 1) {
    const most = Math.max(0.1, ...now.motion.curve);
    chart.append(svg('polyline', { class: 'motion', points: now.motion.curve.map((value, at) => `${x(at * 0.1)},${58 - 54 * value / most}`).join(' ') }));
  }
  for (const finding of now.findings) if (finding.kind === 'cut')
    chart.append(svg('line', { x1: x(finding.from), x2: x(finding.from), y1: 0, y2: 60, stroke: 'var(--bad)', 'stroke-width': 3 }));
  parts().forEach((each, at) => {
    const [from, to] = [x(seconds(each.first)), x(Math.min(now.seconds, seconds(each.end)))];
    chart.append(svg('rect', { x: from, y: 62, width: Math.max(2, to - from - 2), height: 10, rx: 3, fill: 'var(--main)', opacity: at === clipView.part ? 1 : .45 }));
    if (at !== clipView.part) return;
    for (const [name, place] of [['first', from], ['end', to]])
      chart.append(svg('rect', { class: 'handle', 'data-side': name, x: place - 5, y: 0, width: 10, height: 74, fill: 'var(--main)', opacity: .55 }));
  });
  chart.append(svg('line', { id: 'place', x1: 0, x2: 0, y1: 0, y2: 60, stroke: 'var(--text)', 'stroke-width': 2 }));
  times.replaceChildren(chart);
  drawPlace();
}

function drawPlace() {
  const line = document.getElementById('place');
  if (!line || !video || !clip()) return;
  const at = 1000 * video.currentTime / clip().seconds;
  line.setAttribute('x1', at);
  line.setAttribute('x2', at);
}

// A press on the line goes there; a handle is dragged, and the edit is made where it is let go.
function grab(event) {
  if (isElsewhere()) return;
  const side = event.target.dataset?.side, box = times.getBoundingClientRect(), name = clip().name;
  const frameAt = pointer => Math.max(0, Math.min(clip().frames, Math.round((pointer.clientX - box.left) / box.width * clip().seconds * clip().fps)));
  const show = pointer => { if (video) { video.pause(); video.currentTime = Math.min(clip().seconds - 0.01, seconds(frameAt(pointer))); } };
  show(event);
  times.setPointerCapture(event.pointerId);
  const move = pointer => {
    show(pointer);
    if (side) times.querySelector(`[data-side=${side}]`)?.setAttribute('x', 1000 * seconds(frameAt(pointer)) / clip().seconds - 5);
  };
  const end = pointer => {
    times.removeEventListener('pointermove', move);
    times.removeEventListener('pointerup', end);
    times.removeEventListener('pointercancel', end);
    if (!side || clip()?.name !== name || pointer.type === 'pointercancel') return;
    const range = part();
    if (side === 'first') setRange(Math.min(frameAt(pointer), range.end - 1), range.end);
    else setRange(range.first, Math.max(frameAt(pointer), range.first + 1));
  };
  times.addEventListener('pointermove', move);
  times.addEventListener('pointerup', end);
  times.addEventListener('pointercancel', end);
}

function drawCrop() {
  const box = document.getElementById('crop'), crop = clip() && clip().frames ? part().crop : null, target = video ?? place.querySelector('img');
  if (!box || !target) return;
  box.hidden = !crop;
  if (!crop) return;
  const scale = Math.min(target.clientWidth / clip().width, target.clientHeight / clip().height);
  const [left, top] = [(target.clientWidth - clip().width * scale) / 2, (target.clientHeight - clip().height * scale) / 2];
  Object.assign(box.style, { left: `${left + crop[0] * scale}px`, top: `${top + crop[1] * scale}px`, width: `${crop[2] * scale}px`, height: `${crop[3] * scale}px` });
}

addEventListener('resize', drawCrop);
