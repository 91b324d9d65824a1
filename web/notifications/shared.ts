/** What other slices ask of notifications. */
export { useContactNews } from './use-contact-news.ts'
