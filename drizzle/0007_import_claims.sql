ALTER TABLE "import_rows" ADD COLUMN "host" text GENERATED ALWAYS AS (substring(lower(source) from '^https?://([^/?#]*)')) STORED;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "claimed_by" uuid;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "claimed_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "worked_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "import_rows_claimed_by" ON "import_rows" USING btree ("claimed_by") WHERE claimed_by is not null;--> statement-breakpoint
CREATE INDEX "samples_source_url" ON "samples" USING hash ("source_url");