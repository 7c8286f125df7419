// Reading and zooming a chart. One set of listeners serves every chart of the page, also those that are drawn later.
(() => {
  const chartOf = event => event.target.closest?.('[data-chart]');
  const span = chart => [Number(chart.dataset.from), Number(chart.dataset.to)];
  let pressed = null;

  const points = chart => {
    if (chart.readFrom !== chart.dataset.points) {
      chart.readFrom = chart.dataset.points;
      chart.read = JSON.parse(chart.dataset.points);
    }
    return chart.read;
  };

  const share = (chart, event) => {
    const box = chart.querySelector('.plot').getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };

  const show = (chart, index) => {
    const read = points(chart);
    if (read.length === 0) return;
    index = Math.min(read.length - 1, Math.max(0, index));
    chart.index = index;
    const [at, value, expected, band, moment] = read[index];
    const words = JSON.parse(chart.dataset.wording);
    const colon = words.language === 'fr' ? '\u00a0: ' : ': ';
    const parts = [moment, `${words.observed}${colon}${value}`, `${words.expected}${colon}${expected}`];
    if (band) parts.push(`${words.ordinary}${colon}${band}`);
    const [from, to] = span(chart);
    const across = (at - from) / (to - from);
    const cursor = chart.querySelector('.cursor');
    cursor.hidden = false;
    cursor.style.left = `${100 * across}%`;
    const readout = chart.querySelector('.chart-readout');
    readout.hidden = false;
    readout.textContent = parts.join(' · ');
    readout.style.left = across > .5 ? '5rem' : 'auto';
    readout.style.right = across > .5 ? 'auto' : '.5rem';
  };

  const hide = chart => {
    chart.querySelector('.cursor').hidden = true;
    chart.querySelector('.chart-readout').hidden = true;
  };

  const nearest = (chart, across) => {
    const [from, to] = span(chart);
    const at = from + across * (to - from);
    const read = points(chart);
    let low = 0;
    let high = read.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (read[middle][0] < at) low = middle + 1;
      else high = middle;
    }
    return low > 0 && at - read[low - 1][0] < read[low][0] - at ? low - 1 : low;
  };

  const zoom = (chart, from, to) => {
    if (chart.dataset.zoom && to - from >= 60000) {
      Blazor.navigateTo(chart.dataset.zoom.replace('{from}', Math.round(from)).replace('{to}', Math.round(to)));
    }
  };

  document.addEventListener('pointermove', event => {
    const chart = pressed?.chart ?? chartOf(event);
    if (!chart) return;
    const across = share(chart, event);
    show(chart, nearest(chart, across));
    if (pressed) {
      const selection = chart.querySelector('.selection');
      selection.hidden = Math.abs(across - pressed.across) < .01;
      selection.style.left = `${100 * Math.min(across, pressed.across)}%`;
      selection.style.width = `${100 * Math.abs(across - pressed.across)}%`;
    }
  });

  document.addEventListener('pointerdown', event => {
    const chart = chartOf(event);
    if (chart?.dataset.zoom && event.button === 0 && event.pointerType !== 'touch' && event.target.closest('.plot')) {
      pressed = { chart, across: share(chart, event) };
      event.preventDefault();
    }
  });

  document.addEventListener('pointerup', event => {
    if (!pressed) return;
    const { chart, across } = pressed;
    pressed = null;
    chart.querySelector('.selection').hidden = true;
    const end = share(chart, event);
    if (Math.abs(end - across) >= .01) {
      const [from, to] = span(chart);
      zoom(chart, from + Math.min(across, end) * (to - from), from + Math.max(across, end) * (to - from));
    }
  });

  document.addEventListener('pointerout', event => {
    const chart = chartOf(event);
    if (chart && !pressed && !chart.contains(event.relatedTarget)) hide(chart);
  });

  document.addEventListener('focusout', event => {
    const chart = chartOf(event);
    if (chart) hide(chart);
  });

  document.addEventListener('keydown', event => {
    const chart = event.target.matches?.('[data-chart]') ? event.target : null;
    if (!chart) return;
    const [from, to] = span(chart);
    const count = points(chart).length;
    const moves = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -count, End: count };
    if (event.key in moves) {
      event.preventDefault();
      show(chart, (chart.index ?? count) + moves[event.key]);
    } else if (event.key === '+' || event.key === '-') {
      event.preventDefault();
      const at = chart.index === undefined ? (from + to) / 2 : points(chart)[Math.min(chart.index, count - 1)][0];
      const half = (to - from) / 2 * (event.key === '+' ? .5 : 2);
      zoom(chart, at - half, at + half);
    }
  });
})();
