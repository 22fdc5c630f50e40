// The colours of the style sheet, for drawings that cannot be styled by it.

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
