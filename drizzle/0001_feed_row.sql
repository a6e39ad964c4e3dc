INSERT INTO "feed" DEFAULT VALUES ON CONFLICT DO NOTHING;--> statement-breakpoint
-- Pictures are compressed already: do not try again, and read parts of them without unpacking.
ALTER TABLE "images" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
