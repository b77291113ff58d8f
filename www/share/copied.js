// Copying the text of a field.

/**
 * Copies it, or where that is not allowed (in a frame, over plain http) selects it; what is to be said of it.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 */
export async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return 'Copied.';
  } catch {
    field.focus();
    field.select();
    return 'Copying is not allowed here. It is selected: copy it by the keyboard.';
  }
}
