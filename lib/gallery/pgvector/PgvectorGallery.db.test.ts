import { describeGallery } from '../testing/describeGallery';
import { PgvectorGallery } from './PgvectorGallery';

// Debian's PostgreSQL, which the other driver is tested on, comes without pgvector.
describeGallery('the pgvector gallery', ({ database }) => new PgvectorGallery({ database }), ['PGlite']);
