/** How long the page waits for the API before it does without: nobody notices a tenth of a second. */
const graceMs = 100;
/** What browsers would wait anyway, and people would not. */
const patienceMs = 10_000;

/** Shown until the real ones are there. */
const placeholders = [{ id: 'placeholder', url: 'placeholder.svg', likes: 0 }];

/**
 * What the page of the shop does. With `graceful`, it shows what it has where the API is slow or fails, and sends later what it could
 * not send; without, visitors see each failure. `fetch`: the browser's.
 */
export function openShop({ api, graceful, fetch }) {
  let images = placeholders;
  const unsent = [];

  async function call(path, options) {
    const signal = AbortSignal.timeout(graceful ? graceMs : patienceMs);
    const response = await fetch(`${api}${path}`, { ...options, signal });
    if (!response.ok) throw new Error(`the API answered with status ${response.status}`);
    return response.json();
  }

  async function post(path) {
    try {
      await call(path, { method: 'POST' });
      return 'done';
    } catch (error) {
      if (!graceful) throw error;
      unsent.push(path);
      return 'later';
    }
  }

  return {
    async images() {
      try {
        ({ images } = await call('/images'));
      } catch (error) {
        if (!graceful) throw error;
      }
      return images;
    },
    like: (id) => post(`/images/${id}/likes`),
    share: (id) => post(`/images/${id}/shares`),
    /** Tries again what could not be sent. */
    async sendUnsent() {
      for (const path of unsent.splice(0)) await post(path);
    },
  };
}
