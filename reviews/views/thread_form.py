"""Opening a thread: what it is about, with what stands there, and what is to be said."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from projects.access import Right
from projects.design.vocabulary import PROSE_LENGTH
from projects.htmx import render_part, wants_part
from reviews.models import Thread
from reviews.rules.anchors import Anchor, Anchors, Place
from reviews.rules.fact_words import Fact, label_of
from reviews.views.addresses import ReviewAddresses
from reviews.views.desk import ReviewDesk, carry_out, open_desk
from reviews.views.thread_cards import new_thread_address, place_address
from reviews.views.threads import thread_back
from reviews.workflow.door import Form, Refused
from reviews.workflow.threads import Opening, open_thread


class ThreadForm(forms.Form):
    """`facts` are those of the thing that it is about, of which one may be chosen; `chosen` names the first choice."""

    fact = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=PROSE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "autofocus": True}),
        error_messages={"required": gettext_lazy("Write what you want to say.")},
    )
    blocking = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=(
            ("no", gettext_lazy("Advisory: anybody here can resolve it")),
            ("yes", gettext_lazy("Blocking: nothing is approved until you resolve it")),
        ),
        initial="no",
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: QueryDict | None, *, facts: tuple[Fact, ...], chosen: str, may_block: bool) -> None:
        super().__init__(data, auto_id="new-thread-%s", initial={"fact": chosen})
        if facts:
            choices = [("", _("all of it")), *((each.name, f"{each.label}: {_short(each.text)}") for each in facts)]
            self.fields["fact"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        else:
            del self.fields["fact"]
        if not may_block:
            del self.fields["blocking"]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


@require_http_methods(["GET", "HEAD", "POST"])
def thread_new(request: HttpRequest, project: str, epic: str, feature: str, number: int) -> HttpResponse:
    """The form as a page, or for htmx as a part; `?uid=&field=&section=&item=` say what the thread is about."""
    desk = open_desk(request, (project, epic, feature), number, Right.COMMENT)
    anchor = _asked(request.GET)
    if request.method != "POST" and not desk.is_head:
        return redirect(new_thread_address(ReviewAddresses(desk.feature, desk.head), anchor))
    anchors = Anchors(desk.digested.design)
    place = anchors.place(anchor)
    if place is None:
        raise Http404("This revision does not have what the thread would be about.")
    facts = _facts(anchors, anchor)
    # The field in the address is the choice to begin with; the whole thing is shown.
    shown = anchors.place(Anchor(anchor.uid)) or place if facts else place
    form = ThreadForm(request.POST or None, facts=facts, chosen=anchor.field, may_block=desk.may_decide)
    if request.method == "POST" and form.is_valid():
        return _open(desk, anchor, form, shown)
    return _show(desk, anchor, form, shown, 422 if form.errors else 200)


def _open(desk: ReviewDesk, anchor: Anchor, form: ThreadForm, place: Place) -> HttpResponse:
    said = form.cleaned_data
    chosen = Anchor(anchor.uid, said.get("fact", anchor.field), anchor.section, anchor.item)
    opening = Opening(chosen, said["text"], said.get("blocking") == "yes")
    made: list[Thread] = []

    def act(seen: Form) -> str:
        thread, done = open_thread(desk.feature, opening, actor=desk.user, now=desk.now, form=seen)
        made.append(thread)
        return done

    def back() -> str:
        if made and wants_part(desk.request):
            return desk.addresses.at("thread", thread=made[0].uid)
        return thread_back(desk, made[0].uid if made else None)

    try:
        return carry_out(desk, act, back)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _show(desk, anchor, form, place, 422)


def _show(desk: ReviewDesk, anchor: Anchor, form: ThreadForm, place: Place, status: int) -> HttpResponse:
    context = {
        "desk": desk,
        "visit": desk.visit,
        "feature": desk.feature,
        "addresses": desk.addresses,
        "form": form,
        "place": place,
        "is_name": anchor.uid is not None,
        "has_choice": "fact" in form.fields,
        "place_address": place_address(desk.addresses, anchor),
        "address": new_thread_address(desk.addresses, anchor),
        "is_part": wants_part(desk.request),
        "drafts": desk.may_decide,
    }
    return render_part(desk.request, "reviews/thread_new.html", "reviews/_thread_new.html", context, status)


def _facts(anchors: Anchors, anchor: Anchor) -> tuple[Fact, ...]:
    """The facts of the thing among which one may choose, with the one that was asked for though nothing is said."""
    thing = anchors.words.thing(anchor.uid) if anchor.uid else None
    facts = anchors.words.facts(thing) if thing else ()
    if anchor.field and thing and anchor.field not in {each.name for each in facts}:
        facts += (Fact(anchor.field, label_of(type(thing), anchor.field), _("nothing is said")),)
    return facts


def _asked(query: QueryDict) -> Anchor:
    """The place in the address; Http404 for nonsense."""
    uid, item = query.get("uid", ""), query.get("item", "")
    try:
        return Anchor(UUID(uid) if uid else None, query.get("field", ""), query.get("section", ""), _number(item))
    except ValueError:
        raise Http404("This address names no place in a design.") from None


def _number(text: str) -> int | None:
    return int(text) if text else None
