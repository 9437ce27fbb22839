'use strict';
// All state is in the address: /?dashboard=meter_explorer&meters=A&meters=B&range=2026-01-01~2026-01-31
const state = new URLSearchParams(location.search);
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colours = ['#2f7de1', '#d9730d', '#1f9d61', '#c2378b', '#8a63d2', '#b59a00', '#0c97a8', '#d1453b', '#6b7f2a', '#8d6e63'];
let plots = [];

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

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

function field(label, input) {
  const id = 'filter-' + input.name;
  input.id = id;
  return make('div', {}, make('label', { for: id }, label), input);
}

function meterFilter(parameter) {
  const input = make('input', { list: 'meter-names', autocomplete: 'off', name: parameter.slug + '-search', placeholder: 'type a part of an id' });
  const names = make('datalist', { id: 'meter-names' });
  const chips = make('div', { class: 'chips' });
  const add = () => {
    const meter = input.value.trim();
    if (meter === '') return;
    input.value = '';
    if (![...chips.querySelectorAll('input')].some(one => one.value === meter)) chips.append(chip(meter));
  };
  const chip = meter => {
    const button = make('button', { type: 'button', 'aria-label': 'Remove meter ' + meter }, meter + ' ×',
      make('input', { type: 'hidden', name: parameter.slug, value: meter }));
    button.addEventListener('click', () => { button.remove(); input.focus(); });
    return button;
  };
  state.getAll(parameter.slug).forEach(meter => chips.append(chip(meter)));
  let asked = 0;
  input.addEventListener('input', async event => {
    if (event.inputType === 'insertReplacementText' || event.inputType === undefined) { add(); return; }
    const mine = ++asked;
    try {
      const found = await get('/meters', new URLSearchParams({ q: input.value }));
      if (mine === asked) names.replaceChildren(...found.map(meter => make('option', { value: meter })));
    } catch (error) { notice(error.message); }
  });
  input.addEventListener('keydown', event => {
    if (event.key === 'Enter' && input.value.trim() !== '') { event.preventDefault(); add(); }
  });
  input.dataset.pending = 'meter';
  input.addPending = add;
  return make('div', {}, field(parameter.name + ' (Enter adds one)', input), names, chips);
}

function rangeFilter(parameter) {
  const [from = '', to = ''] = (state.get(parameter.slug) || '').split('~');
  const first = make('input', { type: 'date', name: parameter.slug + '-from', value: from });
  const last = make('input', { type: 'date', name: parameter.slug + '-to', value: to });
  return make('fieldset', {}, make('legend', {}, parameter.name), field('from', first), field('to', last));
}

function filters(dashboard) {
  const form = document.getElementById('filters');
  form.replaceChildren(...dashboard.parameters.map(parameter => {
    if (parameter.slug === 'meters') return meterFilter(parameter);
    if (parameter.type === 'date/range') return rangeFilter(parameter);
    const value = state.get(parameter.slug) || parameter.default_value || '';
    if (parameter.values.length > 0) {
      const select = make('select', { name: parameter.slug }, ...parameter.values.map(one => new Option(one, one, false, one === value)));
      return field(parameter.name, select);
    }
    return field(parameter.name, make('input', { name: parameter.slug, value }));
  }), make('button', { class: 'main' }, 'Show'));
  form.onsubmit = event => {
    event.preventDefault();
    form.querySelectorAll('[data-pending]').forEach(input => input.addPending());
    const next = new URLSearchParams({ dashboard: dashboard.slug });
    for (const [name, value] of new FormData(form)) if (!name.includes('-') && value !== '') next.append(name, value);
    for (const parameter of dashboard.parameters.filter(one => one.type === 'date/range')) {
      const from = form.elements[parameter.slug + '-from'].value;
      const to = form.elements[parameter.slug + '-to'].value;
      if (from || to) next.append(parameter.slug, (from || to) + '~' + (to || from));
    }
    location.search = next;
  };
}

function notice(text) { document.getElementById('notice').textContent = text; }

function table(answer) {
  const head = make('tr', {}, ...answer.columns.map(name => make('th', { scope: 'col' }, name.replaceAll('_', ' '))));
  const rows = answer.rows.map(row => make('tr', {}, ...row.map(value =>
    make('td', /^-?[0-9.]+$/.test(value) ? { class: 'number' } : {}, value))));
  const note = answer.row_count > answer.rows.length ? [make('p', { class: 'quiet' }, `The first ${answer.rows.length} of ${answer.row_count} rows.`)] : [];
  return make('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': 'Table' }, ...note,
    make('table', {}, make('thead', {}, head), make('tbody', {}, ...rows)));
}

function plot(box, answer) {
  const zone = answer.time_zone || 'UTC';
  const data = uPlot.join(answer.series.map(one => [one.at, one.values]));
  const draw = () => {
    const axis = { stroke: css('--quiet'), grid: { stroke: css('--line') }, ticks: { stroke: css('--line') } };
    const values = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' });
    return new uPlot({
      width: Math.max(box.clientWidth, 200),
      height: box.clientWidth < 500 ? 240 : 320,
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), zone),
      series: [{ label: zone, value: (self, at) => at == null ? '–' : values.format(new Date(at * 1000)) }].concat(
        answer.series.map((one, i) => ({ label: one.name, stroke: colours[i % colours.length], width: 1.5,
          dash: i >= colours.length ? [6, 4] : undefined, points: { show: one.at.length < 60 } }))),
      axes: [axis, { ...axis, size: 64, label: answer.metric.replaceAll('_', ' ') }],
    }, data, box);
  };
  let chart = draw();
  plots.push(() => { chart.destroy(); chart = draw(); });
}

function show(card, box, answer) {
  if (answer.row_count === 0) {
    box.append(make('p', {}, 'There are no rows for these filters. Choose other days, or take a filter away.'));
    return;
  }
  if (!answer.series) { box.append(table(answer)); return; }
  const facts = [];
  if (answer.granularity) facts.push('Granularity: ' + answer.granularity);
  facts.push('times in ' + (answer.time_zone || 'UTC'));
  if (answer.downsampled) facts.push('drawn with the lowest and the highest value of each stretch, so that no peak is hidden');
  box.append(make('p', { class: 'quiet' }, facts.join('; ') + '.'));
  const area = make('div', { class: 'plot', role: 'img', 'aria-label': card.name + ': a curve; the same numbers are in the table below' });
  box.append(area);
  plot(area, answer);
  const details = make('details', {}, make('summary', {}, 'The numbers as a table'));
  details.addEventListener('toggle', () => { if (details.open && details.childElementCount === 1) details.append(table(answer)); });
  box.append(details);
}

async function load(dashboard, card) {
  const box = make('section', { class: 'card', 'aria-label': card.name, 'aria-busy': 'true' },
    make('h2', {}, card.name), make('p', { class: 'quiet' }, card.description), make('p', { class: 'quiet' }, 'Numbers: ' + card.numbers + '.'));
  box.style.gridColumn = `${card.place.col + 1} / span ${card.place.size_x}`;
  document.getElementById('cards').append(box);
  const waiting = make('p', {}, 'Asking Trino …');
  box.append(waiting);
  try {
    const answer = await get(`/card/${dashboard.slug}/${card.place.card}`, state);
    waiting.remove();
    show(card, box, answer);
  } catch (error) {
    waiting.remove();
    box.append(make('p', { class: 'bad', role: 'alert' }, error.message));
  }
  box.removeAttribute('aria-busy');
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
  if (dashboard.slug === 'meter_explorer') {
    const [first, last] = await get('/days');
    const unknown = await get('/unknown', state);
    if (first === 'null') notice('No readings are published yet: run ./meterlake build.');
    else if (unknown.length > 0) notice('No readings of active energy ever came from: ' + unknown.join(', ') + '. Mind the spelling; the box offers the ids there are.');
    else if (!state.has('meters')) notice(`Choose meters and days. There are readings from ${first} to ${last}.`);
    else notice(`There are readings from ${first} to ${last}.`);
  }
  await Promise.all(dashboard.cards.map(card => load(dashboard, card)));
}

const redraw = () => plots.forEach(draw => draw());
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
let resizing;
addEventListener('resize', () => { clearTimeout(resizing); resizing = setTimeout(redraw, 150); });
start().catch(error => notice(error.message));
