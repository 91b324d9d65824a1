// Runs before the first paint. The choice is 'light' or 'dark'; no choice follows the system.
try {
  const theme = localStorage.getItem('ficha.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage may be closed to us; the system's theme stands.
}
