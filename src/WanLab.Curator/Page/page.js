// The page as a whole: what is shown in which order, the keys, the dialogs.
import { page, ask, load, flush, restoreUnsaved, textOf, change, edit, make, label, say } from './data.js';
import { view, setClips, choose, index, play, redraw } from './sheet.js';
import * as clip from './clip.js';

const at = id => document.getElementById(id);
const filter = at('filter'), sort = at('sort'), search = at('search'), dialog = at('dialog');
const stored = JSON.parse(localStorage.getItem('wanlab-curate') ?? '{}');
at('kind').value = page.kind = stored.kind ?? '';
at('trigger').value = page.trigger = stored.trigger ?? '';

const tests = {
  all: ['all clips', () => true], open: ['not looked at', c => !c.is_accepted && !c.is_dropped], uncaptioned: ['without caption', c => !c.is_dropped && !textOf(c).trim()],
  flaws: ['caption flaws', c => c.flaws.length > 0], drafts: ['with a draft', c => c.draft !== null], findings: ['with findings', c => c.findings.length > 0],
  suggested: ['with a suggestion', c => c.suggestion !== ''], good: ['good', c => c.is_accepted], edited: ['edited', c => c.parts.length > 0], dropped: ['dropped', c => c.is_dropped],
};
const mean = curve => curve?.length ? curve.reduce((sum, value) => sum + value, 0) / curve.length : -1;
const orders = {
  name: () => 0, findings: (a, b) => b.findings.length - a.findings.length, motion: (a, b) => mean(b.motion?.curve) - mean(a.motion?.curve),
  stillest: (a, b) => mean(a.motion?.curve) - mean(b.motion?.curve), sharp: (a, b) => (a.sharpness ?? 9) - (b.sharpness ?? 9), seconds: (a, b) => b.seconds - a.seconds,
};

function arrange() {
  const state = page.state, kinds = new Map();
  for (const each of state.clips) for (const kind of new Set(each.findings.map(finding => finding.kind))) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const chosen = filter.value || 'all';
  filter.replaceChildren(...Object.entries(tests).map(([name, [words, test]]) => make('option', { value: name }, `${words} (${state.clips.filter(test).length})`)),
    ...[...kinds].map(([kind, count]) => make('option', { value: `kind ${kind}` }, `${label(kind)} (${count})`)));
  filter.value = [...filter.options].some(option => option.value === chosen) ? chosen : 'all';
  const test = filter.value.startsWith('kind ') ? c => c.findings.some(finding => finding.kind === filter.value.slice(5)) : tests[filter.value][1];
  const words = search.value.trim().toLowerCase();
  // The clip that one works on stays in its place, although the work may take it out of the filter.
  const open = clip.clipView.name;
  setClips(state.clips.filter(c => (test(c) || c.name === open) && (!words || c.name.toLowerCase().includes(words) || textOf(c).toLowerCase().includes(words)))
    .sort(orders[sort.value]));
  const kept = state.clips.filter(c => !c.is_dropped), bare = kept.filter(c => !textOf(c).trim()).length;
  at('counts').textContent = (state.scan_total ? `scanning ${state.scan_done} of ${state.scan_total}${left()} · ` : '')
    + `${kept.length} of ${state.clips.length} kept${bare ? `, ${bare} without caption` : ''}`;
  at('folder').textContent = state.folder.split('/').pop();
  at('folder').title = state.folder;
  document.title = `Curate ${state.folder.split('/').pop()}`;
  at('undo').disabled = !state.can_undo;
  at('redo').disabled = !state.can_redo;
  const notes = [state.notice, ...state.set_flaws].filter(Boolean);
  at('notice').hidden = notes.length === 0;
  at('notice').textContent = notes.join(' ');
}

let began = null;
function left() {
  const { scan_done: done, scan_total: total } = page.state;
  began ??= { time: Date.now(), done };
  if (done <= began.done) return '';
  const seconds = (Date.now() - began.time) / 1000 / (done - began.done) * (total - done);
  return seconds < 90 ? `, ${Math.ceil(seconds)} s left` : `, ${Math.ceil(seconds / 60)} min left`;
}

page.listeners.push(() => { arrange(); if (clip.isOpen()) clip.render(); });
view.onOpen = () => { clip.open(view.chosen); arrange(); };
view.onChoose = chosen => { if (clip.isOpen()) clip.open(chosen.name); };
clip.clipView.onMove = move;
clip.clipView.onClose = () => { arrange(); choose(index()); };

function move(by, intoCaption = false) {
  choose(index() + by, !intoCaption);
  if (intoCaption && clip.isOpen()) clip.focusCaption();
}

for (const [name, key] of [['kind', 'kind'], ['trigger', 'trigger']]) at(name).addEventListener('change', async () => {
  page[key] = at(name).value.trim();
  localStorage.setItem('wanlab-curate', JSON.stringify({ kind: page.kind, trigger: page.trigger }));
  await load();
});
for (const control of [filter, sort]) control.addEventListener('change', arrange);
search.addEventListener('input', arrange);
at('undo').addEventListener('click', undo);
at('redo').addEventListener('click', () => change('/api/redo', {}));
at('help').addEventListener('click', help);
at('bulk').addEventListener('click', bulk);
at('finish').addEventListener('click', finish);
async function undo() { await change('/api/undo', {}); if (clip.isOpen()) document.activeElement?.blur?.(); clip.isOpen() && clip.render(); }

// --- keys: letters work wherever no text is written; with Alt or Ctrl they work there too.
addEventListener('keydown', event => {
  if (dialog.open) return;
  const writes = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '');
  const done = action => { event.preventDefault(); action(); };
  if (event.key === 'Escape') return done(() => { if (writes) { document.activeElement.blur(); flush(); at('sheet').focus(); } else if (clip.isOpen()) clip.close(); });
  if (event.ctrlKey && event.key === 'Enter') return done(() => { flush(); if (!clip.isOpen()) view.onOpen(); move(1, true); });
  if (event.altKey && event.key === 'ArrowDown') return done(() => move(1, clip.hasCaptionFocus()));
  if (event.altKey && event.key === 'ArrowUp') return done(() => move(-1, clip.hasCaptionFocus()));
  if (event.altKey && clip.isOpen() && event.key.toLowerCase() === 'd') return done(clip.acceptDraft);
  if (event.altKey && clip.isOpen() && event.key.toLowerCase() === 'm') return done(clip.addPhrase);
  if (writes || event.ctrlKey || event.altKey || event.metaKey) return;
  const open = clip.isOpen(), name = view.chosen;
  const keys = {
    ArrowRight: () => move(1), ArrowLeft: () => move(-1), ArrowDown: () => move(open && view.columns === 1 ? 1 : view.columns), ArrowUp: () => move(-view.columns),
    Home: () => choose(0), End: () => choose(view.clips.length - 1), PageDown: () => move(3 * view.columns), PageUp: () => move(-3 * view.columns),
    Enter: () => { if (document.activeElement?.tagName === 'BUTTON') { document.activeElement.click(); return; } if (!open) view.onOpen(); else clip.focusCaption(); },
    ' ': () => { if (document.activeElement?.tagName === 'BUTTON') document.activeElement.click(); else if (open) clip.toggle(); else play(); },
    e: () => { if (!open) view.onOpen(); clip.focusCaption(); }, '/': () => search.focus(), '?': help,
    d: () => name && edit(page.byName.get(name).is_dropped ? 'restore' : 'drop', [name]), a: () => name && edit(page.byName.get(name).is_accepted ? 'unaccept' : 'accept', [name]),
    s: () => name && page.byName.get(name).suggestion && edit('suggested', [name]), u: undo, U: () => change('/api/redo', {}),
    i: () => open && clip.trim('first'), o: () => open && clip.trim('end'), x: () => open && clip.split(), ',': () => open && clip.step(-1), '.': () => open && clip.step(1),
  };
  if (keys[event.key]) done(keys[event.key]);
});

// --- dialogs
function show(...children) {
  dialog.replaceChildren(...children);
  if (!dialog.open) dialog.showModal();
}
const closing = () => make('button', { onclick: () => dialog.close() }, 'Close');

function help() {
  const rows = [['← → ↑ ↓', 'choose a clip'], ['Enter', 'open it; again: its caption'], ['E', 'write its caption'], ['Ctrl+Enter', 'next clip’s caption'],
    ['Alt+↓ Alt+↑', 'next, previous clip while writing'], ['Esc', 'leave the caption, then the clip'], ['Alt+D', 'take the draft'], ['Alt+M', 'add the measured motion'],
    ['A', 'good'], ['D', 'drop or restore'], ['S', 'do what is suggested'], ['U, Shift+U', 'undo, redo'], ['Space', 'play'], [', and .', 'one frame back, on'],
    ['I and O', 'begin here, end here'], ['X', 'split here'], ['/', 'search'], ['?', 'these keys']];
  show(make('h2', {}, 'Keys'), make('table', {}, ...rows.map(([keys, words]) => make('tr', {}, make('td', {}, make('kbd', {}, keys)), make('td', {}, words)))),
    make('p', { class: 'quiet' }, 'Every change is saved at once. Clips are never changed: edits are notes until “Finish” writes a new folder.'), closing());
}

function bulk() {
  const what = make('select', {}, ...[['replace', 'replace (regular expression)'], ['prefix', 'put in front'], ['suffix', 'put at the end'], ['add_tag', 'add a tag'],
    ['remove_tag', 'take a tag away'], ['set', 'set all to']].map(([value, words]) => make('option', { value }, words)));
  const text = make('input', { type: 'text' }), other = make('input', { type: 'text' }), result = make('div');
  const body = write => ({ what: what.value, text: text.value, with: other.value, clips: view.clips.filter(c => !c.is_dropped).map(c => c.name), write });
  const otherField = make('label', { class: 'field' }, 'with', other);
  what.addEventListener('change', () => { otherField.hidden = what.value !== 'replace'; });
  const preview = async () => {
    await flush();
    try {
      const changes = await ask('/api/captions', body(false));
      result.replaceChildren(make('p', {}, `${changes.length} caption${changes.length === 1 ? '' : 's'} would change.`),
        make('table', {}, ...changes.slice(0, 40).map(c => make('tr', {}, make('td', { class: 'quiet' }, c.clip), make('td', {}, make('del', {}, c.before ?? ''), make('br'), make('ins', {}, c.after ?? ''))))),
        changes.length ? make('button', { class: 'main', onclick: async () => { if (await change('/api/captions', body(true))) dialog.close(); } }, `Change ${changes.length}`) : '');
    } catch (error) { result.replaceChildren(make('p', { role: 'alert' }, error.message)); }
  };
  show(make('h2', {}, `Captions of the ${view.clips.filter(c => !c.is_dropped).length} clips that are shown`), make('label', { class: 'field' }, 'what', what), make('label', { class: 'field' }, 'text', text), otherField,
    make('div', { class: 'row' }, make('button', { class: 'main', onclick: preview }, 'Look first'), closing()), result);
}

async function finish() {
  await flush();
  if (!page.kind) { show(make('h2', {}, 'What is to be learned?'), make('p', {}, 'Choose a motion, a style or a character at the top: the advice and the job depend on it.'), closing()); return; }
  show(make('h2', {}, 'Looking at the set…'), closing());
  let advice;
  try { advice = await ask(`/api/advice?kind=${page.kind}`); } catch (error) { show(make('h2', {}, 'No advice'), make('p', {}, error.message), closing()); return; }
  const base = page.state.folder, parent = base.slice(0, base.lastIndexOf('/'));
  const field = (words, value) => { const input = make('input', { type: 'text', value, spellcheck: false }); return [make('label', { class: 'field' }, words, input), input]; };
  const [folderField, folder] = field('new folder, for the clips as they are edited', `${base}-curated`);
  const [jobField, job] = field('job file', `${parent}/${base.split('/').pop()}_${page.kind}.yaml`);
  const [modelField, model] = field('model: folder of Wan 2.2 I2V A14B, wan-tiny for a rehearsal, or empty to fill in later', '');
  const gpu = make('input', { type: 'number', value: 24, min: 10, max: 400 }), result = make('div');
  const run = async event => {
    const button = event.target;
    button.disabled = true;
    result.replaceChildren(make('p', {}, 'Working…'));
    const poll = setInterval(async () => {
      const progress = await ask('/api/finish').catch(() => null);
      if (progress?.name) result.firstChild.textContent = progress.total ? `Writing ${progress.done} of ${progress.total}: ${progress.name}` : `${progress.name}…`;
    }, 700);
    try {
      const made = await ask('/api/finish', { kind: page.kind, trigger: page.trigger, model: model.value, gpu: Number(gpu.value), folder: folder.value, job: job.value });
      result.replaceChildren(make('p', { class: 'verdict' }, 'Written.'), make('pre', {}, `clips  ${made.folder}\njob    ${made.job}\nnext   ${made.next}`),
        make('ul', {}, ...made.notes.map(note => make('li', {}, note))));
    } catch (error) { result.replaceChildren(make('p', { role: 'alert' }, error.message)); }
    clearInterval(poll);
    button.disabled = false;
  };
  show(make('h2', {}, 'The set'), make('p', { class: 'verdict' }, advice.verdict),
    make('p', { class: 'quiet' }, `${advice.kept} clip${advice.kept === 1 ? "" : "s"} kept, ${advice.dropped} dropped${advice.without_caption ? `, ${advice.without_caption} without caption` : ''}.`),
    make('table', {}, ...advice.checks.map(check => make('tr', {}, make('td', { class: check.grade }, check.grade), make('td', {}, check.name), make('td', {}, check.found, check.todo ? make('div', { class: 'quiet' }, check.todo) : '')))),
    make('h2', {}, 'The job'), advice.is_edited ? folderField : make('p', { class: 'quiet' }, 'Nothing is cut or dropped: the job uses this folder.'), jobField, modelField,
    make('label', { class: 'field' }, 'memory of the GPU in GB', gpu), make('div', { class: 'row' }, make('button', { class: 'main', onclick: run }, advice.is_edited ? 'Write clips and job' : 'Write the job'), closing()), result);
}

// --- life
async function watch() {
  try { if (page.state.scan_total || document.visibilityState === 'visible') await load(); } catch { say('the server does not answer', true); }
  setTimeout(watch, page.state.scan_total ? 1000 : 4000);
}
addEventListener('beforeunload', () => { if (page.pending.size) flush(); });
try {
  await load();
  const unsaved = restoreUnsaved();
  if (unsaved) say(`${unsaved} unsaved caption${unsaved > 1 ? 's' : ''} from before: saving…`);
  choose(0);
} catch (error) { at('notice').hidden = false; at('notice').textContent = error.message; }
setTimeout(watch, 1000);
