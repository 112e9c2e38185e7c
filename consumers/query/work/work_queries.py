"""Answer what analysts work on, for one reader.

An object is there only for whoever may see it; an item of it only for whoever sees what it refers
to. A verdict is there for whoever sees its finding.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import structlog

from consumers.query.answer_context import AnswerContext
from consumers.query.persons.person_question import PersonQuestion, PersonQuestionError
from consumers.query.store_reader import StoreReader
from consumers.query.views import to_epoch_ms
from consumers.query.work import case_views, watching
from consumers.query.work.acts import (
    AudienceScope,
    Reference,
    ReferenceKind,
    WorkAct,
    WorkDraft,
    WorkKind,
)
from consumers.query.work.case_views import summary, verdict_view
from consumers.query.work.computed_findings import ComputedFindings
from consumers.query.work.permits import WorkRefusal
from consumers.query.work.references import ReferenceReader
from consumers.query.work.refused import refused, require_permit
from consumers.query.work.work_object import Status, WorkObject, sees
from consumers.query.work.work_store import WorkStore
from consumers.query.work.work_views import (
    CaseView,
    FindingVerdictView,
    NoteView,
    SavedSearchView,
    ShownReference,
    WatchHit,
    WatchListView,
    WorkSummary,
)
from schemas.model import Reader

log = structlog.get_logger(__name__)


class WorkQueries:
    """The questions about work over one generation's database, for one answer at a time.

    In every question `as_of` is in ms since 1970 UTC, None is now.
    """

    def __init__(
        self,
        store: StoreReader,
        computed: ComputedFindings,
        secret: bytes | None,
        answer: AnswerContext,
    ) -> None:
        """`secret`: of the keys of things, for watch-lists; `answer`: what this is a part of."""
        self._work = WorkStore(store.client)
        self._store, self._computed, self._secret = store, computed, secret
        self._answer = answer

    def cases(self, reader: Reader, as_of: int | None = None) -> list[WorkSummary]:
        """List the cases that a reader sees, the last changed first."""
        views = [summary(state, reader) for state in self._seen(reader, WorkKind.CASE, as_of)]
        return sorted(views, key=lambda view: view.changed_at, reverse=True)

    def case(self, id_: str, reader: Reader, as_of: int | None = None) -> CaseView | None:
        """Return a case with what this reader sees of it; None where there is none for them."""
        state = self._one(id_, WorkKind.CASE, reader, as_of)
        if state is None:
            return None
        case = Reference(ReferenceKind.CASE, state.id)
        notes = self._notes_about({state.id}, reader, as_of)
        of_case = [note for note in notes if case in note.about]
        referred = [about for act in state.acts for about in act.draft.about]
        referred += [about for note in of_case for about in note.about]
        looker = self._looker("case", reader, as_of)
        shown = looker.look(referred)
        items = case_views.items(state, shown, reader)
        events = {event for item in items for event in item.reference.events}
        looker.read_events(events)
        is_member = case_views.role_in(state, reader) is not None
        visible = [note for note in of_case if _is_shown(note, shown, reader, {state.id})]
        return CaseView(
            summary=summary(state, reader),
            text=state.content.get("text", ""),
            members=case_views.members(state) if is_member else [],
            items=items,
            notes=[
                case_views.note_view(note, shown, reader, is_member=is_member) for note in visible
            ],
            timeline=case_views.timeline(
                event for id_, event in looker.events.items() if id_ in events
            ),
            custody=case_views.custody([state, *visible], shown, reader, is_member=is_member),
            erased_because="" if state.is_there else state.code,
        )

    def notes(
        self, reader: Reader, about: Reference | None = None, as_of: int | None = None
    ) -> list[NoteView]:
        """List the notes that a reader sees, the newest first: on one thing, or their own."""
        if about is None:
            notes = [
                state
                for state in self._seen(reader, WorkKind.NOTE, as_of)
                if state.role_of(reader.person, reader.country) is not None
            ]
        else:
            notes = self._notes_about({about.id}, reader, as_of)
            notes = [note for note in notes if about in note.about]
        cases = self._cases_of(notes, reader, as_of)
        looker = self._looker("notes", reader, as_of)
        shown = looker.look(reference for note in notes for reference in note.about)
        return [
            case_views.note_view(note, shown, reader, is_member=False)
            for note in notes
            if _is_shown(note, shown, reader, cases)
        ]

    def watch_lists(self, reader: Reader, as_of: int | None = None) -> list[WatchListView]:
        """List a reader's own watch-lists, the last changed first."""
        states = self._seen(reader, WorkKind.WATCH_LIST, as_of)
        return [case_views.watch_list_view(state, reader) for state in states]

    def watch_list(
        self, id_: str, reader: Reader, as_of: int | None = None
    ) -> WatchListView | None:
        """Return one watch-list; None where there is none for this reader."""
        state = self._one(id_, WorkKind.WATCH_LIST, reader, as_of)
        return None if state is None else case_views.watch_list_view(state, reader)

    def watch_hits(
        self, id_: str, reader: Reader, since: int = 0, as_of: int | None = None
    ) -> list[WatchHit]:
        """List the released records that name a mark of a watch-list, in the order of the log.

        `since`: only what the log took after this moment, ms since 1970 UTC. Nothing where there is
        no such list for this reader. Marks that are exact are found by the thing's key, names by
        the search for persons.
        """
        state = self._one(id_, WorkKind.WATCH_LIST, reader, as_of)
        if state is None or not state.is_there or self._secret is None:
            return []
        marks = watching.things_of_marks(state, self._secret)
        ids = sorted({id_ for ids in marks.values() for id_ in ids})
        entitled, shown_to = self._answer.begin("watch list", reader, as_of)
        things = self._store.things(ids, entitled, as_of) if ids else []
        shown_to.add_things(things)
        hits = list(watching.hits_on_things(things, marks, since))
        for mark, content in watching.names_of_marks(state).items():
            question = PersonQuestion(name=content["name"], born=content.get("born", ""))
            try:
                answer = self._computed.persons.search(question, reader, as_of)
            except PersonQuestionError as error:  # it was readable when it was written
                log.warning("watch_mark_unreadable", code=error.code, consequence="no hits on it")
                continue
            hits += watching.hits_on_name(mark, answer, since)
        return watching.in_order(hits)

    def saved_searches(self, reader: Reader, as_of: int | None = None) -> list[SavedSearchView]:
        """List the saved searches that a reader sees, the last changed first."""
        states = self._seen(reader, WorkKind.SAVED_SEARCH, as_of)
        return [case_views.saved_search_view(state, reader) for state in states]

    def saved_search(
        self, id_: str, reader: Reader, as_of: int | None = None
    ) -> SavedSearchView | None:
        """Return one saved search; None where there is none for this reader."""
        state = self._one(id_, WorkKind.SAVED_SEARCH, reader, as_of)
        return None if state is None else case_views.saved_search_view(state, reader)

    def look(
        self, reference: Reference, reader: Reader, as_of: int | None = None
    ) -> ShownReference | None:
        """Return what work can be about, as this reader sees it; None where they do not."""
        return self._looker("work", reader, as_of).look([reference]).get(reference)

    def verdicts(
        self, findings: Collection[str], reader: Reader, as_of: int | None = None
    ) -> dict[str, FindingVerdictView]:
        """Return the last verdict on each of these findings, which this reader was shown."""
        kinds = (WorkKind.FINDING_VERDICT,)
        by_finding: dict[str, list[WorkObject]] = {}
        for state in self._work.about(findings, reader, kinds, as_of):
            by_finding.setdefault(state.about[0].id, []).append(state)
        verdicts: dict[str, FindingVerdictView] = {}
        for finding in set(findings) & by_finding.keys():
            states = sorted(by_finding[finding], key=lambda state: state.acts[0].offset)
            view = verdict_view(states, finding, reader)
            if view is not None:
                verdicts[finding] = view
        return verdicts

    def decided(
        self, reader: Reader, since: int, as_of: int | None = None
    ) -> dict[str, FindingVerdictView]:
        """Return the last verdict on each finding that this reader sees, given since a moment.

        Of very many the newest are looked at.
        """
        references = self._work.decided_since(reader, since, as_of)
        seen = self._looker("verdict", reader, as_of).look(references)
        ids = {reference.id.partition("~")[0] for reference in seen}
        verdicts = self.verdicts(ids, reader, as_of) if ids else {}
        return {
            finding: verdict
            for finding, verdict in verdicts.items()
            if to_epoch_ms(verdict.at) >= since
        }

    def verdict_on(
        self, finding: Reference, reader: Reader, as_of: int | None = None
    ) -> FindingVerdictView | None:
        """Return the last verdict on a finding; None where this reader does not see the finding."""
        if not self._looker("verdict", reader, as_of).look([finding]):
            return None
        id_ = finding.id.partition("~")[0]
        return self.verdicts([id_], reader, as_of).get(id_)

    def prepare(self, draft: WorkDraft, reader: Reader) -> bool:
        """Check that a reader may do this now; False where they do not see what it concerns.

        Raises WorkRefusedError, WorkRoleError.
        """
        state = next(iter(self._work.of_ids([draft.object])), None)
        if state is not None and not self._sees(state, reader, None):
            return False
        if state is None and draft.act is not WorkAct.OPENED:
            return False
        require_permit(state, reader, draft)
        if draft.act is WorkAct.ITEM_REMOVED and state is not None:
            return self._may_remove(state, draft, reader)
        return self._sees_all(draft, reader)

    def _may_remove(self, state: WorkObject, draft: WorkDraft, reader: Reader) -> bool:
        """Say whether a reader knows the items that they remove: their own, or those they see."""
        own = (reader.person, reader.country)
        added = {
            item.key for item in state.items if (item.added_by.person, item.added_by.country) == own
        }
        others = {about for about in draft.about if str(about) not in added}
        return not others or others <= self._looker("work", reader, None).look(others).keys()

    def is_stored(self, id_: str, offset: int) -> bool:
        """Say whether an act on an object has come from the log into the store."""
        return self._work.newest_offset(id_) >= offset

    def _sees_all(self, draft: WorkDraft, reader: Reader) -> bool:
        """Say whether a reader sees all that an act is about."""
        if not draft.about:
            return True
        cases = [about.id for about in draft.about if about.kind is ReferenceKind.CASE]
        for case in cases:
            state = self._one(case, WorkKind.CASE, reader, None)
            if state is None or case_views.role_in(state, reader) is None:
                return False
            if state.status is not Status.OPEN:
                raise refused(WorkRefusal.CLOSED)
        others = {about for about in draft.about if about.kind is not ReferenceKind.CASE}
        if draft.kind is WorkKind.FINDING_VERDICT:
            others = {Reference(ReferenceKind.FINDING, "~".join(about.id for about in draft.about))}
        return others <= self._looker("work", reader, None).look(others).keys()

    def _looker(self, question: str, reader: Reader, as_of: int | None) -> ReferenceReader:
        """Return what looks at references for a reader, and reports it to the ledger."""
        entitled, shown_to = self._answer.begin(question, reader, as_of)
        return ReferenceReader(self._store, (entitled, as_of), shown_to, self._computed.find)

    def _seen(self, reader: Reader, kind: WorkKind, as_of: int | None) -> list[WorkObject]:
        """Return the objects of a kind that a reader sees and that are there."""
        states = self._work.of_reader(reader, (kind,), as_of)
        return [state for state in states if state.is_there and sees(state, reader)]

    def _one(
        self, id_: str, kind: WorkKind, reader: Reader, as_of: int | None
    ) -> WorkObject | None:
        for state in self._work.of_ids([id_], as_of):
            if state.kind is kind and sees(state, reader):
                return state
        return None

    def _sees(self, state: WorkObject, reader: Reader, as_of: int | None) -> bool:
        is_seen_with_case = state.audience.scope is AudienceScope.CASE and bool(
            self._cases_of([state], reader, as_of)
        )
        return sees(state, reader) or is_seen_with_case

    def _notes_about(
        self, ids: Collection[str], reader: Reader, as_of: int | None
    ) -> list[WorkObject]:
        notes = self._work.about(ids, reader, (WorkKind.NOTE,), as_of)
        existing = [note for note in notes if note.is_there]
        return sorted(existing, key=lambda note: note.acts[0].offset, reverse=True)

    def _cases_of(
        self, notes: Collection[WorkObject], reader: Reader, as_of: int | None
    ) -> set[str]:
        """Return the ids of the cases of these notes that a reader sees."""
        ids = {
            about.id for note in notes for about in note.about if about.kind is ReferenceKind.CASE
        }
        cases = self._work.of_ids(sorted(ids), as_of) if ids else []
        return {case.id for case in cases if case.is_there and sees(case, reader)}


def _is_shown(
    note: WorkObject, shown: Mapping[Reference, object], reader: Reader, cases: Collection[str]
) -> bool:
    """Say whether a reader sees a note: it is for them, and they see all that it is about."""
    if note.role_of(reader.person, reader.country) is not None:
        return True
    of_case = {about.id for about in note.about if about.kind is ReferenceKind.CASE}
    is_for_them = sees(note, reader) or (
        note.audience.scope is AudienceScope.CASE and bool(of_case & set(cases))
    )
    others = {about for about in note.about if about.kind is not ReferenceKind.CASE}
    return is_for_them and others <= shown.keys()
