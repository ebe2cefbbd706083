// What the server knows, and the way to change it. Texts that are not on the disk yet are kept in the browser until they are.
export const page = { state: null, kind: '', trigger: '', pending: new Map(), seen: new Map(), listeners: [] };

export async function ask(path, body) {
  const response = await fetch(path, body === undefined ? { cache: 'no-store' }
    : { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-WanLab': '1' }, body: JSON.stringify(body) });
  if (response.ok) return response.status === 204 ? null : response.json();
  const error = new Error(await response.text() || `The server answered ${response.status}.`);
  error.status = response.status;
  throw error;
}

export function encoded(name) { return encodeURIComponent(name); }

export async function load() {
  const query = new URLSearchParams({ kind: page.kind, trigger: page.trigger });
  page.state = await ask(`/api/state?${query}`);
  page.byName = new Map(page.state.clips.map(clip => [clip.name, clip]));
  for (const listener of page.listeners) listener();
}

export function clipOf(name) { return page.byName?.get(name); }

// --- captions: every key stroke is kept here at once and sent a moment later; a server that is gone is asked again.
const shelf = () => `wanlab-unsaved ${page.state.folder}`;
const keep = () => {
  const texts = [...page.pending].map(([name, entry]) => [name, entry.text, entry.before]);
  if (texts.length) localStorage.setItem(shelf(), JSON.stringify(texts)); else localStorage.removeItem(shelf());
};

export function restoreUnsaved() {
  let texts = [];
  try { texts = JSON.parse(localStorage.getItem(shelf()) ?? '[]'); } catch { texts = []; }
  for (const [name, text, before] of texts) if (clipOf(name)) page.pending.set(name, { text, before, timer: 0 });
  if (page.pending.size) flush();
  return texts.length;
}

export function textOf(clip) { return page.pending.get(clip.name)?.text ?? clip.caption; }

export function write(clip, text) {
  // The text of before is what the editor has shown, not what the server has learned since: so nobody's words are lost unseen.
  const entry = page.pending.get(clip.name) ?? { before: page.seen.get(clip.name) ?? clip.caption, timer: 0 };
  entry.text = text;
  page.pending.set(clip.name, entry);
  keep();
  say('saving…');
  clearTimeout(entry.timer);
  entry.timer = setTimeout(() => send(clip.name), 700);
}

export function flush() { return Promise.all([...page.pending.keys()].map(name => { clearTimeout(page.pending.get(name).timer); return send(name); })); }

async function send(name) {
  const entry = page.pending.get(name);
  if (!entry || entry.busy) return;
  entry.busy = true;
  const text = entry.text;
  try {
    await ask('/api/caption', { clip: name, text, before: entry.before });
    entry.before = text.trim();
    page.seen.set(name, entry.before);
    if (entry.text === text) page.pending.delete(name);
    const clip = clipOf(name);
    if (clip) { clip.caption = text.trim(); clip.has_caption = text.trim() !== ''; }
    keep();
    if (page.pending.size === 0) { say('all saved'); await load(); }
  } catch (error) {
    if (error.status === 409) {
      page.pending.delete(name);
      keep();
      sessionStorage.setItem(`wanlab-lost ${name}`, text);
      say(`${error.message} Your text was: ${text}`, true);
      await load();
    } else {
      say(error.status ? error.message : 'not saved yet: the server does not answer; your texts are kept in this browser', true);
      if (!error.status || error.status >= 500) entry.timer = setTimeout(() => send(name), 2000);
    }
  } finally {
    entry.busy = false;
    if (page.pending.has(name) && page.pending.get(name).text !== text) { clearTimeout(entry.timer); entry.timer = setTimeout(() => send(name), 300); }
  }
}

export function say(words, bad = false) {
  const saved = document.getElementById('saved');
  saved.textContent = words;
  saved.className = bad ? 'bad' : '';
}

export async function change(path, body) {
  try {
    await flush();
    const answer = await ask(path, body);
    say('saved');
    await load();
    return answer;
  } catch (error) {
    say(error.status ? error.message : 'not done: the server does not answer', true);
    if (error.status === 409) await load();
    return undefined;
  }
}

export function edit(what, clips, more = {}) { return change('/api/edit', { what, clips, revision: page.state.revision, ...more }); }

// --- small things for the page
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'class') element.className = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== 'list') element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined && child !== ''));
  return element;
}

export function label(kind) { return kind.replaceAll('_', ' '); }
