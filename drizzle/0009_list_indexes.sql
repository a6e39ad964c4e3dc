CREATE INDEX "audit_subject_id" ON "audit" USING btree ("subject_id","id");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("at");--> statement-breakpoint
CREATE INDEX "events_known" ON "events" USING btree ("at","id") WHERE face_id is not null or person_id is not null;--> statement-breakpoint
CREATE INDEX "events_unknown" ON "events" USING btree ("at","id") WHERE face_id is null and person_id is null;--> statement-breakpoint
CREATE INDEX "samples_band" ON "samples" USING btree (width_bucket("score", '{0.25,0.5}'::double precision[]),"id");