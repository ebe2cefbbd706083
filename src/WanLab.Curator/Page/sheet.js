// The contact sheet: only the cards that can be seen exist, however many clips there are.
import { page, encoded, label, make, textOf } from './data.js';

const gap = 12, cardHeight = 238, stage = 148, strips = 24;
const sheet = document.getElementById('sheet'), space = document.getElementById('space');
const cards = new Map();
export const view = { clips: [], chosen: null, columns: 1, onOpen: () => {}, onChoose: () => {} };

export function setClips(clips) {
  const before = index();
  view.clips = clips;
  // What leaves the filter hands the choice to its neighbour.
  if (index() < 0) view.chosen = clips[Math.max(0, Math.min(before, clips.length - 1))]?.name ?? null;
  layout();
  for (const name of [...cards.keys()]) redraw(name);
}

export function index() { return view.clips.findIndex(clip => clip.name === view.chosen); }

export function choose(at, focus = true) {
  if (!view.clips.length) return;
  const clip = view.clips[Math.max(0, Math.min(view.clips.length - 1, at))];
  view.chosen = clip.name;
  const top = Math.floor(index() / view.columns) * (cardHeight + gap);
  if (top < sheet.scrollTop) sheet.scrollTop = top;
  else if (top + cardHeight + 2 * gap > sheet.scrollTop + sheet.clientHeight) sheet.scrollTop = top + cardHeight + 2 * gap - sheet.clientHeight;
  draw();
  for (const [name, card] of cards) mark(card, name);
  sheet.setAttribute('aria-activedescendant', `card-${index()}`);
  if (focus) sheet.focus({ preventScroll: true });
  view.onChoose(clip);
}

function layout() {
  const width = sheet.clientWidth - gap;
  view.columns = Math.max(1, Math.floor(width / 232));
  view.cardWidth = Math.floor(width / view.columns) - gap;
  space.style.height = `${Math.ceil(view.clips.length / view.columns) * (cardHeight + gap) + gap}px`;
  draw();
}

function draw() {
  const row = cardHeight + gap;
  const first = Math.max(0, (Math.floor(sheet.scrollTop / row) - 1) * view.columns);
  const last = Math.min(view.clips.length, (Math.ceil((sheet.scrollTop + sheet.clientHeight) / row) + 1) * view.columns);
  const wanted = new Set();
  for (let at = first; at < last; at++) {
    const clip = view.clips[at];
    wanted.add(clip.name);
    let card = cards.get(clip.name);
    if (!card) { card = fresh(clip); cards.set(clip.name, card); space.append(card); }
    card.id = `card-${at}`;
    card.style.transform = `translate(${gap + (at % view.columns) * (view.cardWidth + gap)}px, ${gap + Math.floor(at / view.columns) * row}px)`;
    card.style.width = `${view.cardWidth}px`;
    card.style.height = `${cardHeight}px`;
    mark(card, clip.name);
  }
  for (const [name, card] of cards) if (!wanted.has(name)) { card.remove(); cards.delete(name); }
}

function mark(card, name) {
  card.classList.toggle('chosen', name === view.chosen);
  card.setAttribute('aria-selected', String(name === view.chosen));
}

function fresh(clip) {
  const card = make('div', { class: 'card', role: 'option' });
  card.addEventListener('click', () => { choose(view.clips.findIndex(other => other.name === clip.name)); view.onOpen(); });
  card.addEventListener('pointermove', event => scrub(card, event));
  card.addEventListener('pointerleave', () => rest(card));
  fill(card, clip);
  return card;
}

export function redraw(name) {
  const card = cards.get(name), clip = page.byName.get(name);
  if (card && clip) fill(card, clip);
}

// A card is built again only if something on it has changed.
function fill(card, clip) {
  const text = textOf(clip);
  const look = JSON.stringify([text, clip.draft !== null, clip.flaws.length, clip.is_dropped, clip.is_accepted, clip.parts, clip.is_scanned,
    clip.findings.length, clip.new_name]);
  if (card.dataset.look === look) return;
  card.dataset.look = look;
  card.classList.toggle('dropped', clip.is_dropped);
  const picture = make('div', { class: 'frame' });
  const aspect = clip.width ? clip.width / clip.height : 16 / 9;
  const height = Math.min(stage, Math.max(40, (view.cardWidth ?? 220) / aspect)), width = height * aspect;
  picture.style.width = `${width}px`;
  picture.style.height = `${height}px`;
  picture.style.marginTop = `${(stage - height) / 2}px`;
  // The strip has at most 24 frames; a short clip has one for each of its frames.
  const every = clip.frames ? 1 + Math.floor((clip.frames - 1) / strips) : 1;
  card.dataset.frames = clip.frames ? Math.ceil(clip.frames / every) : 1;
  card.dataset.width = width;
  card.dataset.name = clip.is_scanned && clip.frames ? clip.name : '';
  const box = make('div', { class: 'stage' }, picture);
  box.style.height = `${stage}px`;
  const tags = make('div', { class: 'tags' });
  if (clip.is_accepted) tags.append(make('span', { class: 'tag good' }, '✓ good'));
  if (clip.is_dropped) tags.append(make('span', { class: 'tag part' }, 'dropped'));
  if (clip.parts.length) tags.append(make('span', { class: 'tag part' }, clip.parts.length === 1 ? 'edited' : `${clip.parts.length} parts`));
  if (clip.draft !== null) tags.append(make('span', { class: 'tag part' }, 'draft'));
  for (const kind of new Set(clip.findings.map(finding => finding.kind))) tags.append(make('span', { class: 'tag' }, label(kind)));
  if (clip.flaws.length) tags.append(make('span', { class: 'tag' }, clip.flaws.length === 1 ? 'caption' : `caption ×${clip.flaws.length}`));
  if (!clip.is_scanned) tags.append(make('span', { class: 'quiet' }, 'scanning…'));
  const seconds = clip.seconds ? `${clip.seconds.toFixed(1)} s · ` : '';
  card.replaceChildren(box, make('div', { class: 'words' },
    make('div', { class: 'name', title: clip.name }, seconds + (clip.new_name ?? clip.name)), tags,
    make('div', { class: text.trim() ? 'caption' : 'caption none' }, text.trim() || 'no caption')));
  rest(card);
  card.setAttribute('aria-label', `${clip.name}. ${clip.is_dropped ? 'Dropped. ' : ''}${clip.is_accepted ? 'Good. ' : ''}`
    + `${clip.findings.map(finding => label(finding.kind)).join(', ')}. ${text.trim() || 'No caption'}`);
}

// At rest a card shows the middle of its clip (the beginning may be black or still): a small picture, so that many can be scrolled past.
function rest(card) {
  const picture = card.querySelector('.frame');
  if (!picture || !card.dataset.name) return;
  picture.style.backgroundImage = `url("/middle/${encoded(card.dataset.name)}")`;
  picture.style.backgroundSize = '100% 100%';
  picture.style.backgroundPositionX = '0';
}

// Playing, it shows one frame of the strip of them all.
function frame(card, at) {
  const picture = card.querySelector('.frame');
  if (!picture || !card.dataset.name) return;
  picture.style.backgroundImage = `url("/strip/${encoded(card.dataset.name)}")`;
  picture.style.backgroundSize = `${card.dataset.width * card.dataset.frames}px 100%`;
  picture.style.backgroundPositionX = `${-at * card.dataset.width}px`;
}

// The pointer's place across the card is the place in time.
function scrub(card, event) {
  const box = card.getBoundingClientRect();
  const at = Math.floor((event.clientX - box.left) / box.width * card.dataset.frames);
  frame(card, Math.max(0, Math.min(card.dataset.frames - 1, at)));
}

// Plays the chosen card once.
let playing = 0;
export function play() {
  const card = cards.get(view.chosen);
  clearInterval(playing);
  if (!card) return;
  let at = 0;
  const clip = page.byName.get(view.chosen);
  playing = setInterval(() => {
    frame(card, at);
    if (++at > card.dataset.frames) { clearInterval(playing); rest(card); }
  }, Math.max(40, 1000 * (clip.seconds || 1) / card.dataset.frames));
}

let waiting = false;
sheet.addEventListener('scroll', () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; draw(); });
}, { passive: true });
new ResizeObserver(() => { for (const card of cards.values()) delete card.dataset.look; layout(); for (const name of [...cards.keys()]) redraw(name); }).observe(sheet);
