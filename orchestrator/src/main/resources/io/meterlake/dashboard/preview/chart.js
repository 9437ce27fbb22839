'use strict';
// How an answer looks: a curve with a summary and its numbers as a table, or a table alone.
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colours = ['#2f7de1', '#d9730d', '#1f9d61', '#c2378b', '#8a63d2', '#b59a00', '#0c97a8', '#d1453b', '#6b7f2a', '#8d6e63'];
const plots = [];

// What is longer is the name of a commit or a snapshot.
const isNumber = text => text.length < 16 && /^-?[0-9.]+$/.test(text);

const label = metric => metric.replace(/_kwh$/, ' (kWh)').replace(/_percent$/, ' (%)').replaceAll('_', ' ');

// Percentages do not add up, and are mostly near 100.
const adds = metric => !metric.endsWith('_percent');

// 2026-03-29 03:00 +02:00: what a clock in that zone shows.
const clocks = new Map();
function marketTime(instant, zone) {
  if (!clocks.has(zone)) {
    clocks.set(zone, new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit',
      hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'longOffset' }));
  }
  const part = Object.fromEntries(clocks.get(zone).formatToParts(new Date(instant)).map(one => [one.type, one.value]));
  return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute} ${part.timeZoneName.slice(3) || '+00:00'}`;
}

// 2026-03-29 03:00 UTC, of an instant as Trino writes it.
const isInstant = text => /^\d{4}-\d\d-\d\d[T ][0-9:.]+Z$/.test(text);
const instant = text => isInstant(text) ? text.slice(0, 16).replace('T', ' ') + ' UTC' : text;

function rowsTable(columns, rows) {
  const cell = value => make('td', isNumber(value) ? { class: 'number' } : {}, value);
  const numeric = columns.map((_, i) => rows.length > 0 && isNumber(rows[0][i]));
  const head = columns.map((name, i) => make('th', { scope: 'col', ...(numeric[i] ? { class: 'number' } : {}) }, name));
  return make('table', {}, make('thead', {}, make('tr', {}, ...head)),
    make('tbody', {}, ...rows.map(row => make('tr', {}, ...row.map(cell)))));
}

function table(answer, label) {
  const zoneAt = answer.series ? answer.columns.indexOf('time_zone') : -1;
  const rows = answer.rows.map(row => row.map(value =>
    zoneAt < 0 ? instant(value) : isInstant(value) ? marketTime(value, row[zoneAt]) : value));
  const note = answer.row_count > rows.length ? [make('p', { class: 'quiet' }, `The first ${rows.length} of ${answer.row_count} rows.`)] : [];
  return make('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': label + ': table' }, ...note,
    rowsTable(answer.columns.map(name => name.replaceAll('_', ' ')), rows));
}

// What was known once is dashed, in the colour of what is known now.
function styles(series) {
  const names = [...new Set(series.map(one => one.name.split(', as known on ')[0]))];
  return series.map(one => {
    const [name, then] = one.name.split(', as known on ');
    const i = names.indexOf(name);
    return { stroke: colours[i % colours.length], dash: then ? [3, 4] : i >= colours.length ? [8, 4] : undefined, width: then ? 2.5 : 1.5 };
  });
}

// Where readings are missing the line breaks: a step that is longer than the one before and the one after it.
function withGaps(one) {
  const at = [];
  const values = [];
  const step = i => i > 0 && i < one.at.length ? one.at[i] - one.at[i - 1] : 0;
  one.at.forEach((time, i) => {
    const usual = Math.max(step(i - 1), step(i + 1));
    if (usual > 0 && step(i) > 1.5 * usual) {
      at.push(one.at[i - 1] + usual);
      values.push(null);
    }
    at.push(time);
    values.push(one.values[i]);
  });
  return [at, values];
}

// What adds up is seen against nothing, so that half the height is half of it; a share against the whole.
function heights(metric, least, most) {
  if (adds(metric)) return uPlot.rangeNum(Math.min(0, least), Math.max(0, most), 0.1, true);
  const low = Math.max(0, Math.floor(Math.min(least, 95)) - 1);
  return [low, 100 + (100 - low) / 50];
}

const bars = uPlot.paths.bars({ size: [0.7, 40] });

function plot(card, box, answer) {
  const zone = answer.time_zone || 'UTC';
  const data = uPlot.join(answer.series.map(one => answer.downsampled ? [one.at, one.values] : withGaps(one)));
  const looks = styles(answer.series);
  const whole = at => answer.time_zone ? marketTime(at * 1000, zone) : new Date(at * 1000).toISOString().slice(0, 10);
  const draw = () => {
    const axis = { stroke: css('--quiet'), grid: { stroke: css('--line'), width: 1 }, ticks: { stroke: css('--line') } };
    return new uPlot({
      width: Math.max(box.clientWidth, 200),
      height: box.clientWidth < 500 ? 240 : 320,
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), zone),
      series: [{ label: answer.time_zone || 'day', value: (self, at) => at == null ? '–' : whole(at) }].concat(
        answer.series.map((one, i) => ({ label: one.name, ...looks[i], points: { show: one.at.length < 60 },
          ...(card.display === 'bar' ? { paths: bars, fill: looks[i].stroke + '80', points: { show: false } } : {}),
          value: (self, value) => value == null ? '–' : String(value) }))),
      scales: {
        // uPlot itself would show three years around a single point.
        x: { range: (self, least, most) => data[0].length > 1 ? [least, most] : [data[0][0] - 43200, data[0][0] + 43200] },
        y: { range: (self, least, most) => heights(answer.metric, least, most) },
      },
      axes: [{ ...axis, values: clock24 }, { ...axis, size: 64, label: label(answer.metric) }],
    }, data, box);
  };
  box.chart = draw();
  plots.push(() => { box.chart.destroy(); box.chart = draw(); });
}

// Labels of the axis of time, on a clock of 24 hours: rows are [step in seconds, label, label where the year, the day, … changes].
const clock24 = [
  [31536000, '{YYYY}', null, null, null, null, null, null, 1],
  [2419200, '{MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [86400, '{D} {MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [3600, '{HH}:{mm}', '\n{D} {MMM} {YYYY}', null, '\n{D} {MMM}', null, null, null, 1],
  [60, '{HH}:{mm}', '\n{D} {MMM} {YYYY}', null, '\n{D} {MMM}', null, null, null, 1],
];

function summary(card, answer) {
  const looks = styles(answer.series);
  const sum = adds(answer.metric);
  const sums = rowsTable(['series', ...(sum ? ['sum'] : []), 'lowest', 'highest', 'values'],
    answer.series.map(one => [one.name, ...(sum ? [one.sum] : []), one.lowest, one.highest, String(one.count)]));
  sums.prepend(make('caption', { class: 'unseen' }, `${card.name}: ${label(answer.metric)} of each series`));
  sums.querySelectorAll('tbody td:first-child').forEach((cell, i) => {
    const swatch = make('span', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.borderTop = `3px ${looks[i].dash ? 'dashed' : 'solid'} ${looks[i].stroke}`;
    cell.prepend(swatch);
  });
  return make('div', { class: 'table sums', tabindex: '0', role: 'region', 'aria-label': card.name + ': each series' }, sums);
}

function show(card, box, answer) {
  if (answer.row_count === 0) {
    box.append(make('p', { class: 'empty' }, 'There are no rows for these filters. Choose other days, or take a filter away.'));
    return;
  }
  if (!answer.series) { box.append(table(answer, card.name)); return; }
  const facts = [];
  if (answer.granularity) facts.push('Granularity: ' + answer.granularity);
  if (answer.time_zone) facts.push('times in ' + answer.time_zone);
  if (answer.downsampled) facts.push('drawn with the lowest and the highest value of each stretch, so that no peak is hidden');
  if (facts.length > 0) box.append(make('p', { class: 'quiet' }, facts.join('; ') + '.'));
  const area = make('div', { class: 'plot', role: 'img', 'aria-label': card.name + ': a curve; its sums and its numbers are in the tables below' });
  box.append(area);
  plot(card, area, answer);
  const details = make('details', {}, make('summary', {}, 'The numbers as a table'));
  details.addEventListener('toggle', () => { if (details.open && details.childElementCount === 1) details.append(table(answer, card.name)); });
  box.append(summary(card, answer), details);
}

const redraw = () => plots.forEach(draw => draw());
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
let resizing;
addEventListener('resize', () => { clearTimeout(resizing); resizing = setTimeout(redraw, 150); });
