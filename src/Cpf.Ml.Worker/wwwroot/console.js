// Small things that only the browser can do. Everything else is drawn by the service.
window.cpfml = { live: () => { document.documentElement.dataset.live = 'true'; } };

document.addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
    const search = document.getElementById('search');
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  }

  if (event.key === 'Escape') {
    document.querySelectorAll('details.menu[open]').forEach(menu => {
      menu.open = false;
      menu.querySelector('summary').focus();
    });
  }

  // In a case file, outside its fields: from finding to finding, its dossiers, the decision.
  const file = event.target.closest?.('[data-keys]');
  if (file && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.matches('input, textarea, select')) {
    const findings = [...file.querySelectorAll('[data-finding]')];
    const at = findings.findIndex(finding => finding.contains(document.activeElement));
    if (event.key === 'j' || event.key === 'k') {
      (findings[event.key === 'j' ? at + 1 : at - 1] ?? findings[at])?.querySelector('h2').focus();
    } else if (event.key === 'e') {
      const evidence = findings[Math.max(at, 0)]?.querySelector('[data-evidence]');
      if (evidence) {
        evidence.open = !evidence.open;
        evidence.querySelector('summary').focus();
      }
    } else if (event.key === 'd') {
      file.querySelector('[data-decide]')?.focus();
    }
  }

  // In a list of search results the arrows move as they do in any list.
  const results = event.target.closest?.('.search');
  if (results && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    const stops = [results.querySelector('input'), ...results.querySelectorAll('.search-results a')];
    const next = stops[stops.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
});

document.addEventListener('click', async event => {
  document.querySelectorAll('details.menu[open]').forEach(menu => {
    if (!menu.contains(event.target)) menu.open = false;
  });

  const copy = event.target.closest?.('[data-copy]');
  if (copy) {
    await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent);
    document.getElementById(copy.dataset.copied).textContent = copy.dataset.said;
  }

  if (event.target.closest?.('[data-print]')) window.print();

  const cells = event.target.closest?.('[data-cells]');
  if (cells) {
    const box = cells.getBoundingClientRect();
    const cell = Math.floor((event.clientX - box.left) / box.width * Number(cells.dataset.cells));
    Blazor.navigateTo(cells.dataset.address.replace('{cell}', cell));
  }
});

// The instant at which the connection was lost is what the screen is as of.
const connection = document.getElementById('components-reconnect-modal');
if (connection) {
  new MutationObserver(() => {
    const time = connection.querySelector('.connection-time');
    if (!connection.classList.contains('components-reconnect-show')) {
      time.textContent = '';
    } else if (!time.textContent) {
      time.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { timeZone: connection.dataset.zone });
    }
  }).observe(connection, { attributes: true, attributeFilter: ['class'] });
}
