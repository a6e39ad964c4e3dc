/** Tailwind 4 needs no other configuration: its theme is in app/globals.css. */
const config = { plugins: { '@tailwindcss/postcss': {} } };

export default config;
