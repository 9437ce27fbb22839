'use strict';
// The form above the cards. What is chosen goes into the page's address, from which everything is read again.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function field(label, input) {
  input.id = 'filter-' + input.name;
  return make('div', {}, make('label', { for: input.id }, label), input);
}

// An input with a list of the values that match (the pattern "combobox" of WAI-ARIA), and a button for each chosen one.
function choiceFilter(dashboard, parameter) {
  const list = make('ul', { id: parameter.slug + '-options', role: 'listbox', 'aria-label': parameter.name, hidden: '' });
  const input = make('input', {
    name: parameter.slug + '-search', role: 'combobox', autocomplete: 'off', spellcheck: 'false', placeholder: 'type a part, or press ↓',
    'aria-autocomplete': 'list', 'aria-controls': list.id, 'aria-expanded': 'false',
  });
  const chips = make('div', { class: 'chips' });
  const said = make('span', { class: 'unseen', role: 'status' });
  let asked = 0;
  let active = -1;

  const mark = next => {
    active = next;
    [...list.children].forEach((option, i) => option.setAttribute('aria-selected', i === active));
    if (active < 0) input.removeAttribute('aria-activedescendant');
    else {
      input.setAttribute('aria-activedescendant', list.children[active].id);
      list.children[active].scrollIntoView({ block: 'nearest' });
    }
  };
  const close = () => {
    asked++;
    list.replaceChildren();
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    mark(-1);
  };
  const chip = value => {
    const button = make('button', { type: 'button', 'aria-label': `Remove ${parameter.name}: ${value}` },
      make('span', {}, value), make('span', { 'aria-hidden': 'true' }, ' ×'),
      make('input', { type: 'hidden', name: parameter.slug, value }));
    button.addEventListener('click', () => { button.remove(); said.textContent = value + ' is taken away'; input.focus(); });
    return button;
  };
  const add = value => {
    input.value = '';
    close();
    if (value === '' || [...chips.querySelectorAll('input')].some(one => one.value === value)) return;
    if (!parameter.is_multiple) chips.replaceChildren();
    chips.append(chip(value));
    said.textContent = value + ' is chosen';
  };
  const open = found => {
    list.replaceChildren(...found.map((value, i) => {
      const option = make('li', { role: 'option', id: `${parameter.slug}-option-${i}`, 'aria-selected': 'false' }, value);
      option.addEventListener('pointerdown', event => event.preventDefault());
      option.addEventListener('click', () => { add(value); input.focus(); });
      return option;
    }));
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', !list.hidden);
    mark(-1);
    said.textContent = found.length === 0 ? 'Nothing matches' : found.length === 20 ? 'The first 20 that match' : `${found.length} match`;
  };
  const ask = async () => {
    const mine = ++asked;
    try {
      const found = await get(`/values/${dashboard.slug}/${parameter.slug}`, new URLSearchParams({ q: input.value.trim() }));
      if (mine === asked) open(found);
    } catch (error) { notice(error.message); }
  };
  input.addEventListener('input', () => input.value.trim() === '' ? close() : ask());
  input.addEventListener('keydown', event => {
    const count = list.children.length;
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown' && count === 0) ask();
    else if (event.key === 'ArrowDown') mark((active + 1) % count);
    else if (event.key === 'ArrowUp' && count > 0) mark((active <= 0 ? count : active) - 1);
    else if (event.key === 'Enter' && input.value.trim() !== '') add(active < 0 ? input.value.trim() : list.children[active].textContent);
    else return;
    event.preventDefault();
  });
  input.addEventListener('blur', close);
  input.dataset.pending = '';
  input.addPending = () => add(input.value.trim());
  state.getAll(parameter.slug).forEach(value => chips.append(chip(value)));
  const box = field(parameter.name, input);
  box.classList.add('combobox');
  box.append(list, said);
  return make('div', {}, box, chips);
}

function rangeFilter(parameter) {
  const [from = '', to = ''] = (state.get(parameter.slug) || '').split('~');
  const first = make('input', { type: 'date', name: parameter.slug + '-from', value: from });
  const last = make('input', { type: 'date', name: parameter.slug + '-to', value: to });
  return make('fieldset', {}, make('legend', { class: 'unseen' }, parameter.name),
    make('div', { class: 'pair' }, field(parameter.name + ' from', first), field('to', last)));
}

function filter(dashboard, parameter) {
  if (parameter.is_offered) return choiceFilter(dashboard, parameter);
  if (parameter.type === 'date/range') return rangeFilter(parameter);
  const value = state.get(parameter.slug) || parameter.default_value || '';
  if (parameter.type === 'date/single') return field(parameter.name, make('input', { type: 'date', name: parameter.slug, value }));
  if (parameter.values.length === 0) return field(parameter.name, make('input', { name: parameter.slug, value }));
  return field(parameter.name,
    make('select', { name: parameter.slug }, ...parameter.values.map(one => new Option(one, one, false, one === value))));
}

function filters(dashboard) {
  const form = document.getElementById('filters');
  form.replaceChildren(...dashboard.parameters.map(one => filter(dashboard, one)), make('button', { class: 'main' }, 'Show'));
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

// Where no days are chosen, the last week that has readings is filled in; "Show" takes it.
function offerDays(first, last) {
  const from = document.getElementById('filter-range-from');
  const to = document.getElementById('filter-range-to');
  if (!from || from.value || to.value) return;
  const week = new Date(Date.parse(last) - 6 * 86400000).toISOString().slice(0, 10);
  from.value = week < first ? first : week;
  to.value = last;
}
