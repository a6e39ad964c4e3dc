DROP INDEX "people_words";--> statement-breakpoint
DROP INDEX "samples_words";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "words" "tsvector" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "samples" ADD COLUMN "words" "tsvector" DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "people_by_name" ON "people" USING btree (lower(coalesce("name", '')),"id");--> statement-breakpoint
CREATE INDEX "people_words" ON "people" USING gin ("words");--> statement-breakpoint
CREATE INDEX "samples_words" ON "samples" USING gin ("words");