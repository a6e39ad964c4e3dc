CREATE TABLE "groups" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "groups_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"key" text NOT NULL,
	"colour" text,
	"note" text,
	"people" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "groups_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "person_groups" (
	"group_id" bigint NOT NULL,
	"person_id" bigint NOT NULL,
	CONSTRAINT "person_groups_person_id_group_id_pk" PRIMARY KEY("person_id","group_id")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "group_ids" bigint[];--> statement-breakpoint
ALTER TABLE "devices" ADD COLUMN "group_ids" bigint[];--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "groups" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "samples" ADD COLUMN "left_at" bigint;--> statement-breakpoint
ALTER TABLE "person_groups" ADD CONSTRAINT "person_groups_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_groups" ADD CONSTRAINT "person_groups_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "person_groups_group" ON "person_groups" USING btree ("group_id","person_id");--> statement-breakpoint
CREATE INDEX "samples_left" ON "samples" USING btree ("updated_at") WHERE left_at is not null;--> statement-breakpoint
CREATE FUNCTION "count_people_of_groups"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "groups" SET "people" = "groups"."people" + CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END * "changed"."rows"
  FROM (SELECT "group_id", count(*)::int AS "rows" FROM "affected" GROUP BY "group_id") AS "changed"
  WHERE "groups"."id" = "changed"."group_id";
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "person_groups_added" AFTER INSERT ON "person_groups" REFERENCING NEW TABLE AS "affected" FOR EACH STATEMENT EXECUTE FUNCTION "count_people_of_groups"();
--> statement-breakpoint
CREATE TRIGGER "person_groups_removed" AFTER DELETE ON "person_groups" REFERENCING OLD TABLE AS "affected" FOR EACH STATEMENT EXECUTE FUNCTION "count_people_of_groups"();
