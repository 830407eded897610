"""One sentence for each kind of evidence and of lack, for a magistrate. `_` marks translation."""


def _(text: str) -> str:
    return text


SENTENCES = {
    # parties
    "young": _("It was formed on %(day)s, %(days)s before the load was shipped."),
    "formed_after": _("It was formed on %(day)s, after the load was shipped."),
    "first_seen": _("It was first seen on %(day)s, %(days)s before the load was shipped."),
    "owner_unknown": _("Nobody can say who owns it. The reason on record: %(reason)s."),
    "contradicted": _("It gave the %(kind)s “%(value)s”, and a check contradicts it."),
    "contradicted_by": _("It gave the %(kind)s “%(value)s”; a check found “%(found)s”."),
    "free_mail": _("Its e-mail %(value)s is of a service that anybody may use under any name."),
    "shared_by": _("%(other)s gives the same %(kind)s, %(value)s."),
    "post_box": _("The only address it gives is a post box: “%(value)s”."),
    "shared_in_load": _("%(party)s and %(other)s give the same %(kind)s: %(value)s."),
    "same_both_ends": _("%(party)s stands as shipper and as consignee."),
    "known_through": _("%(name)s, who stands behind it, had a part in %(case)s: %(role)s."),
    "known_through_firm": _(
        "%(name)s, who stands behind it, stands behind %(firm)s too, which had a part in "
        "%(case)s: %(role)s."
    ),
    "known_by_name": _(
        "%(name)s stands behind it, and somebody of that name behind %(firm)s, which had a part in "
        "%(case)s: %(role)s."
    ),
    "known_itself": _("It had a part in an earlier case, %(case)s: %(role)s."),
    "listed": _("A person judged it to be %(name)s on the list %(list)s."),
    "listed_through": _(
        "%(through)s, who stands behind it, was judged to be %(name)s on the list %(list)s."
    ),
    "topic": _("The list %(list)s has %(name)s as a person in or near public office."),
    "unusual_goods": _("It says that it trades in “%(said)s”; the goods are “%(goods)s”."),
    "person_for_container": _("A private person is to receive goods in %(containers)s containers."),
    "person_for_one": _("A private person is to receive a container."),
    "address_unverified": _("Nobody has verified an address where it could receive a container."),
    "address_gone": _("No address that it gave stood up to a check."),
    # the parts of a shell company
    "nominee": _("%(value)s stands for it as a nominee."),
    "no_premises": _("Its %(kind)s is not known: %(reason)s."),
    "crowded_address": _("%(number)s other parties give its address, %(value)s."),
    "pin_trouble": _("Its tax PIN %(value)s did not stand up to a check."),
    "pin_expired": _("Its tax PIN %(value)s was valid until %(day)s only."),
    "no_trade_before": _("It has no earlier shipments: “%(value)s”."),
    "one_shipment": _("The only shipment that it names is this one."),
    "dissolved": _("It was dissolved on %(day)s, %(days)s after the seizure."),
    # papers
    "changed_before": _(
        "Version %(version)s, of %(at)s, changed the %(field)s from “%(old)s” to “%(new)s”, "
        "%(days)s before %(event)s."
    ),
    "changed_on": _(
        "Version %(version)s, of %(at)s, changed the %(field)s from “%(old)s” to “%(new)s”, "
        "on the day of %(event)s."
    ),
    "changed_after": _(
        "Version %(version)s, of %(at)s, changed the %(field)s from “%(old)s” to “%(new)s”, "
        "%(days)s after %(event)s."
    ),
    "to_order_nobody": _("Version %(version)s is to order and names nobody to notify."),
    "to_order_unknown": _(
        "Version %(version)s is to order, and of “%(name)s”, whom it has notified, "
        "nothing is verified."
    ),
    "not_on_other": _("%(paper)s names the %(kind)s %(value)s; %(other)s does not."),
    "other_goods": _("%(paper)s has goods of HS %(value)s, %(other)s of HS %(instead)s."),
    "other_packages": _("%(paper)s has %(value)s packages, %(other)s has %(instead)s."),
    "vague": _("%(paper)s describes the goods with “%(phrase)s”."),
    "unnamed": _("The bill of lading names no %(field)s."),
    "vague_port": _("The bill of lading names as %(field)s “%(value)s”."),
    "other_weight": _("%(paper)s says %(value)s, %(other)s %(instead)s: %(percent)s %% apart."),
    "other_value": _("%(paper)s says %(value)s %(currency)s, %(other)s %(instead)s %(currency)s."),
    "delivery_changed": _(
        "Version %(version)s changed the place of delivery from “%(old)s” to “%(new)s” after "
        "the load was on board."
    ),
    "entry_late": _("The entry was lodged on %(at)s, %(days)s before loading."),
    "entry_same_day": _("The entry was lodged on %(at)s, on the day of loading."),
    "entry_after": _("The entry was lodged on %(at)s, after loading."),
    "switch": _("Version %(version)s is a switch bill, issued in place of another."),
    "amended": _(
        "After the lane was given on %(at)s, version %(version)s of the entry changed the "
        "%(field)s from “%(old)s” to “%(new)s”."
    ),
    "lane_lighter": _("Version %(version)s of the entry went from lane %(old)s to lane %(new)s."),
    # goods and route
    "not_grown": _("%(goods)s is declared from %(country)s, which is not known to produce it."),
    "sent_to_producer": _("%(goods)s goes to %(country)s, itself a large producer of it."),
    "hub": _("The route goes through %(country)s."),
    "cover_code": _("HS %(value)s is %(goods)s, a load that has covered wildlife before."),
    "cover_word": _("%(paper)s describes the goods as “%(goods)s”, a load that has covered "
        "wildlife before."),
    "small_port": _("It was loaded at %(port)s, a small port that feeds a larger one."),
    "inland_place": _("It was received at %(place)s and loaded at %(port)s."),
    "inland_country": _("It comes from %(country)s by land and was loaded at %(port)s."),
    "source_to_market": _("It goes from %(country)s to %(market)s."),
    # containers and seals
    "seal_twice": _("Seal %(seal)s is on containers %(box)s and %(other)s of this load."),
    "seal_in_case": _("Seal %(seal)s is on another load of this case, container %(other)s."),
    "seal_elsewhere": _("Seal %(seal)s was read in case %(case)s too, on container %(other)s."),
    "seal_elsewhere_bare": _("Seal %(seal)s was read in case %(case)s too."),
    "seal_shared": _("Case %(case)s has seal %(seal)s too, as its lead has told this case."),
    "unsupervised": _("No customs officer watched when it was stuffed."),
    "unsupervised_at": _("No customs officer watched when it was stuffed at %(place)s."),
    "seal_changed": _(
        "%(stage)s the seal of %(source)s read %(seal)s; %(later)s it read %(other)s."
    ),
    "seal_replaced": _(
        "%(stage)s the seal of %(source)s, %(seal)s, was not intact; %(later)s it read %(other)s."
    ),
    "seal_look_alike": _(
        "%(stage)s the seal of %(source)s read %(seal)s; %(later)s %(other)s, which looks alike."
    ),
    "seal_unseen": _("The bill names seal %(seal)s; %(later)s the door had %(other)s."),
    "seal_backwards": _("By its days, seal %(seal)s was read in the wrong order: first %(later)s."),
    "seal_broken": _("Seal %(seal)s was not intact %(stage)s."),
    "seal_broken_bare": _("Seal %(seal)s was not intact, before the load was opened."),
    "check_digit": _("The last digit of container %(box)s should be %(expected)s."),
    "unknown_owner": _("No container owner is known by the letters of %(box)s."),
    "shipper_owned": _("Container %(box)s belongs to the shipper, not to a carrier."),
    "stuffed_at_kind": _("It was stuffed at this kind of place: %(kind)s."),
    "stuffed_at_place": _("It was stuffed at this kind of place: %(kind)s (%(place)s)."),
    "not_scanned": _("It was not scanned before it left."),
    "weights_apart_net": _(
        "%(first)s %(value)s, %(second)s %(instead)s: %(percent)s %% apart once the container's "
        "own %(tare)s is taken off."
    ),
    "weights_apart": _("%(first)s %(value)s, %(second)s %(instead)s: %(percent)s %% apart."),
    # money
    "other_payer": _("“%(payer)s” paid the freight; the bill has %(side)s “%(name)s”."),
    "payments": _("%(number)s payments between its parties in the %(days)s around the stuffing."),
    "cheap": _("Declared at %(price)s %(currency)s a kilogram; such goods cost %(least)s or more."),
    "dear": _("Declared at %(price)s %(currency)s a kilogram; such goods cost %(most)s or less."),
}  # fmt: skip

# What was missing, so that an indicator could not be judged.
LACKS = {
    "incorporation_date": _("when it was formed"),
    "first_seen": _("when it was first seen"),
    "shipped_on": _("when the load was shipped"),
    "owner": _("who owns it, or why nobody can say"),
    "contact_checked": _("an address, telephone or e-mail that somebody checked"),
    "contact": _("a telephone or e-mail"),
    "address": _("an address"),
    "parties": _("its shipper, consignee and notify party"),
    "behind": _("who stands behind it: directors and owners on the register"),
    "judged_hits": _("a screening that somebody judged"),
    "commodities": _("what it usually trades in"),
    "goods": _("what the goods are"),
    "shares": _("its directors and owners, and how they hold it"),
    "premises": _("a visit to its premises, its staff or its website"),
    "tax_pin": _("its tax PIN, checked"),
    "prior_shipments": _("its earlier shipments"),
    "dissolution_date": _("whether and when it was dissolved"),
    "bill": _("a bill of lading"),
    "bill_versions": _("a second version of the bill of lading"),
    "changed_at": _("when the versions were changed"),
    "loading_day": _("the day of loading, of arrival or of the seizure"),
    "loaded_on": _("the day of loading"),
    "second_paper": _("a second paper to compare with"),
    "description": _("a description of the goods"),
    "entry": _("the customs entry, with the time it was lodged"),
    "entry_versions": _("a second version of the customs entry"),
    "selection": _("when the entry got its lane"),
    "hs_code": _("the HS code"),
    "source_country": _("the country it comes from"),
    "route": _("the countries of the route"),
    "loading_port": _("the port of loading"),
    "seals": _("the seals"),
    "stuffing_supervised": _("whether customs watched the stuffing"),
    "two_readings": _("readings of a seal at two points of the way"),
    "containers": _("the container numbers"),
    "shipper_owned": _("who owns the container"),
    "stuffing_kind": _("the kind of place where it was stuffed"),
    "scanned": _("whether it was scanned"),
    "two_weights": _("two weights to compare"),
    "freight_payer": _("who paid the freight"),
    "stuffed_on": _("the day of stuffing"),
    "payments": _("payments between its parties"),
    "value": _("a value and a weight"),
    "prices": _("usual prices of these goods in this currency"),
}

TERMS = {
    "consignee": _("consignee"),
    "notify_party": _("notify party"),
    "shipper": _("shipper"),
    "port_of_loading": _("port of loading"),
    "port_of_discharge": _("port of discharge"),
    "vessel": _("vessel"),
    "imo": _("IMO number of the vessel"),
    "loading": _("loading"),
    "arrival": _("arrival"),
    "seizure": _("the seizure"),
    "to_order": _("to order"),
    "nothing": _("nothing"),
    "bill": _("The bill of lading"),
    "entry": _("The customs entry"),
    "record": _("The record of the load"),
    "the_bill": _("the bill of lading"),
    "the_entry": _("the customs entry"),
    "the_record": _("the record of the load"),
    "doors": _("what was read on the doors"),
    "container": _("container"),
    "seal": _("seal"),
    "goods": _("goods"),
    "hs_codes": _("HS codes"),
    "packages": _("number of packages"),
    "gross_weight": _("gross weight"),
    "value": _("value"),
    "containers": _("containers"),
    "exporter": _("exporter"),
    "destination": _("destination"),
    "green": _("green"),
    "yellow": _("yellow"),
    "red": _("red"),
    "blue": _("blue"),
    "bill_lower": _("bill of lading"),
    "entry_lower": _("customs entry"),
    "declared_lower": _("declared"),
    "declared": _("Declared"),
    "vgm": _("Verified gross mass"),
    "weighbridge": _("Weighbridge"),
    "scan": _("Reckoned from the scan"),
    "vgm_lower": _("verified gross mass"),
    "weighbridge_lower": _("weighbridge"),
    "scan_lower": _("reckoned from the scan"),
    "stage_stuffing": _("at stuffing"),
    "stage_bill": _("on the bill of lading"),
    "stage_gate_in": _("at the gate of the port"),
    "stage_scan": _("at the scanner"),
    "stage_loading": _("at loading"),
    "stage_transshipment": _("at transshipment"),
    "stage_discharge": _("at discharge"),
    "stage_opening": _("when it was opened"),
    "Stage_stuffing": _("At stuffing"),
    "Stage_bill": _("On the bill of lading"),
    "Stage_gate_in": _("At the gate of the port"),
    "Stage_scan": _("At the scanner"),
    "Stage_loading": _("At loading"),
    "Stage_transshipment": _("At transshipment"),
    "Stage_discharge": _("At discharge"),
    "source_CAR": _("the carrier"),
    "source_SHI": _("the shipper"),
    "source_CUS": _("customs"),
    "source_VET": _("the veterinary service"),
    "as_shipper": _("as shipper"),
    "as_consignee": _("as consignee"),
    "fact_name": _("name"),
    "fact_registration": _("registration number"),
    "fact_tax_pin": _("tax PIN"),
    "fact_address": _("address"),
    "fact_postal_address": _("postal address"),
    "fact_site_visit": _("place of business"),
    "fact_phone": _("telephone"),
    "fact_email": _("e-mail"),
    "fact_website": _("website"),
    "fact_director": _("director"),
    "fact_owner": _("beneficial owner"),
    "fact_shareholder": _("shareholder"),
    "fact_bank": _("bank reference"),
    "fact_iban": _("bank account"),
    "fact_licence": _("licence number"),
    "fact_incorporation_date": _("date of incorporation"),
    "fact_dissolution_date": _("date of dissolution"),
    "fact_first_seen": _("first seen"),
    "fact_commodities": _("goods normally traded"),
    "fact_prior_shipments": _("earlier shipments"),
    "fact_other": _("detail"),
}
