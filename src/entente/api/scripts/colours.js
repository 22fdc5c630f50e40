// The colours of the style sheet, for drawings that cannot be styled by it.

export function palette(place) {
  const style = getComputedStyle(place);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}
