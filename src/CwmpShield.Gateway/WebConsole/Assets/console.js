// The console works without this file. It keeps the live page filled by Server-Sent Events; all text goes in as text.
(() => {
  'use strict';
  const table = document.getElementById('live');
  if (!table || !window.EventSource) return;
  const body = table.tBodies[0];
  const state = document.getElementById('live-state');
  const pause = document.getElementById('live-pause');
  const most = 200;
  const waiting = [];
  let paused = false;

  const cell = (row, text, name) => {
    const td = row.insertCell();
    if (name) td.className = name;
    td.textContent = text || '–';
    return td;
  };

  const show = one => {
    document.getElementById('live-empty')?.remove();
    const row = body.insertRow(0);
    cell(row, one.at);
    const badge = document.createElement('span');
    badge.className = 'badge ' + one.tone;
    badge.textContent = one.verdict;
    row.insertCell().append(badge);
    cell(row, one.way);
    cell(row, one.message, 'keep');
    cell(row, one.device, 'text');
    cell(row, one.strength);
    cell(row, one.why, 'text');
    while (body.rows.length > most) body.deleteRow(-1);
  };

  const source = new EventSource('/live/events?after=' + encodeURIComponent(table.dataset.after));
  source.onopen = () => { if (!paused) state.textContent = 'Live'; };
  source.onerror = () => { state.textContent = source.readyState === EventSource.CLOSED ? 'Ended: reload the page' : 'Reconnecting'; };
  source.onmessage = event => {
    const one = JSON.parse(event.data);
    if (paused) {
      waiting.push(one);
      if (waiting.length > most) waiting.shift();
    } else {
      show(one);
    }
  };

  pause.hidden = false;
  pause.addEventListener('click', () => {
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
    pause.textContent = paused ? 'Go on' : 'Pause';
    state.textContent = paused ? 'Paused' : 'Live';
    if (!paused) waiting.splice(0).forEach(show);
  });
})();
