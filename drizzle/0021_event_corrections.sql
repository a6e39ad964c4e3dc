CREATE TABLE "event_corrections" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "event_corrections_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"event_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by_kind" "actor_kind" NOT NULL,
	"by_id" text,
	"by_name" text NOT NULL,
	"was_known" boolean NOT NULL,
	"was_person_id" bigint,
	"was_face_id" bigint,
	"known" boolean NOT NULL,
	"person_id" bigint,
	"face_id" bigint,
	"confirms" boolean DEFAULT false NOT NULL,
	"taken_back_at" timestamp with time zone,
	"taken_back_by" text
);
--> statement-breakpoint
CREATE TABLE "review_decisions" (
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "review_decisions_kind_subject_pk" PRIMARY KEY("kind","subject")
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "candidates" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "corrected" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "samples" ADD COLUMN "sent_for" bigint;--> statement-breakpoint
ALTER TABLE "event_corrections" ADD CONSTRAINT "event_corrections_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_corrections" ADD CONSTRAINT "event_corrections_was_person_id_people_id_fk" FOREIGN KEY ("was_person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_corrections" ADD CONSTRAINT "event_corrections_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_corrections_event" ON "event_corrections" USING btree ("event_id","id");--> statement-breakpoint
CREATE INDEX "event_corrections_was_person" ON "event_corrections" USING btree ("was_person_id");--> statement-breakpoint
CREATE INDEX "event_corrections_person" ON "event_corrections" USING btree ("person_id");--> statement-breakpoint
ALTER TABLE "samples" ADD CONSTRAINT "samples_sent_for_people_id_fk" FOREIGN KEY ("sent_for") REFERENCES "public"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_corrected" ON "events" USING btree ("at","id") WHERE corrected;--> statement-breakpoint
CREATE INDEX "people_consent_given" ON "people" USING btree ("consent_given_at","id");--> statement-breakpoint
CREATE INDEX "people_consent_until" ON "people" USING btree ("consent_until","id");--> statement-breakpoint
CREATE INDEX "samples_sent_for" ON "samples" USING btree ("sent_for") WHERE sent_for is not null;