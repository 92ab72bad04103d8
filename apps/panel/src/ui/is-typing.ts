/** Whether a key pressed there is meant for a field or for a dialog, and no short cut. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [role=dialog]') !== null;
