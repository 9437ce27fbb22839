'use strict';
// All state is in the address: /?dashboard=meter_explorer&meters=A&meters=B&range=2026-01-01~2026-01-31
const state = new URLSearchParams(location.search);

async function get(path, parameters = new URLSearchParams()) {
  let reply;
  try {
    reply = await fetch(path + '?' + parameters);
  } catch {
    throw new Error('The preview has ended. Start it again: ./meterlake dashboard preview');
  }
  const body = await reply.json();
  if (!reply.ok) throw new Error(body.error + '. ' + body.fix);
  return body;
}

function notice(text) { document.getElementById('notice').textContent = text; }

// Which numbers they are and as of when, and whether rows are missing.
function facts(card, answer) {
  const { numbers, data_as_of: asOf, rows_shown: shown = '' } = answer.facts;
  const [some, all = some] = shown.split(' of ');
  const when = asOf === undefined ? 'as of when, each row says' : asOf === '' ? (card.numbers === 'signed' ? 'no report is signed yet' : 'no data yet') : 'data as of ' + instant(asOf);
  const line = numbers === undefined
    ? make('p', { class: 'facts' }, `Which numbers they are, each row says; ${asOf === undefined ? 'and as of when' : when}.`)
    : make('p', { class: 'facts' }, make('span', { class: 'badge ' + numbers }, numbers),
      ` ${numbers === card.numbers ? card.meaning + '; ' : ''}${when}.`);
  return some === all ? [line]
    : [line, make('p', { class: 'cut', role: 'note' }, `Only ${some} of ${all} rows are shown. Choose fewer days or more filters to see the others.`)];
}

async function load(dashboard, card) {
  const about = make('p', { class: 'facts' }, make('span', { class: 'badge ' + card.numbers }, card.numbers), ` ${card.meaning}.`);
  const box = make('section', { class: 'card', 'aria-label': card.name, 'aria-busy': 'true' },
    make('h2', {}, card.name), make('p', { class: 'quiet' }, card.description), about);
  box.style.gridColumn = `${card.place.col + 1} / span ${card.place.size_x}`;
  document.getElementById('cards').append(box);
  const lacking = card.needs.filter(slug => !state.has(slug))
    .map(slug => dashboard.parameters.find(one => one.slug === slug).name);
  const waiting = make('p', { class: 'empty' }, lacking.length > 0 ? `Choose first: ${lacking.join(', ')}.` : 'Asking Trino …');
  box.append(waiting);
  if (lacking.length === 0) {
    try {
      const answer = await get(`/card/${dashboard.slug}/${card.place.card}`, state);
      waiting.remove();
      about.replaceWith(...facts(card, answer));
      show(card, box, answer);
    } catch (error) {
      waiting.remove();
      box.append(make('p', { class: 'bad', role: 'alert' }, error.message));
    }
  }
  box.removeAttribute('aria-busy');
}

async function sayWhatThereIs() {
  const [first, last] = await get('/days');
  const unknown = await get('/unknown', state);
  if (first === 'null') { notice('No readings are published yet: run ./meterlake build.'); return; }
  offerDays(first, last);
  if (unknown.length > 0) notice('No readings of active energy ever came from: ' + unknown.join(', ') + '. Mind the spelling; the box offers the ids there are.');
  else if (!state.has('meters')) notice(`Choose meters and days. There are readings from ${first} to ${last}.`);
  else notice(`There are readings from ${first} to ${last}.`);
}

async function start() {
  const all = await get('/dashboards');
  all.sort((a, b) => (b.slug === 'meter_explorer') - (a.slug === 'meter_explorer'));
  const dashboard = all.find(one => one.slug === state.get('dashboard')) || all[0];
  document.getElementById('dashboards').append(...all.map(one =>
    make('a', { href: '/?dashboard=' + one.slug, ...(one === dashboard ? { 'aria-current': 'page' } : {}) }, one.name)));
  document.title = dashboard.name + ' – Meterlake';
  document.getElementById('title').textContent = dashboard.name;
  document.getElementById('description').textContent = dashboard.description;
  filters(dashboard);
  await Promise.all([
    ...(dashboard.slug === 'meter_explorer' ? [sayWhatThereIs().catch(error => notice(error.message))] : []),
    ...dashboard.cards.map(card => load(dashboard, card)),
  ]);
}

start().catch(error => notice(error.message));
