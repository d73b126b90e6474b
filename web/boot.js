// Runs before the first paint: marks that scripts run, and follows the system's theme when the person chose none.
(function (root) {
  root.classList.add('js');
  if (!root.dataset.bsTheme && matchMedia('(prefers-color-scheme: dark)').matches) root.dataset.bsTheme = 'dark';
})(document.documentElement);
