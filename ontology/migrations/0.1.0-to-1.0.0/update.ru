# Brings data that were written for ontology 0.1.0 up to 1.0.0. No term of 0.1.0 was removed or renamed, so that such data
# stay valid; the update adds what 1.0.0 can say more exactly. It may be run twice. Entente's own graph needs no migration:
# it is built anew from the articles when the ontology changes.
PREFIX ent: <https://w3id.org/entente/ns#>
PREFIX agreement-status: <https://w3id.org/entente/vocab/agreement-status/>
PREFIX event-status: <https://w3id.org/entente/vocab/event-status/>
PREFIX materiel-type: <https://w3id.org/entente/vocab/materiel-type/>
PREFIX vessel-type: <https://w3id.org/entente/vocab/vessel-type/>

# 1. Finer types of vessels and weapons: names that 0.1.0 gave to a broader type now have a type of their own.
DELETE { ?contribution ent:materielType ?broad }
INSERT { ?contribution ent:materielType ?fine }
WHERE {
  VALUES (?label ?broad ?fine) {
    ("AWACS"@en materiel-type:reconnaissance-aircraft materiel-type:early-warning-aircraft)
    ("HIMARS"@en materiel-type:artillery materiel-type:rocket-launcher)
    ("LHD"@en vessel-type:amphibious-ship vessel-type:amphibious-assault-ship)
    ("airborne early warning aircraft"@en materiel-type:reconnaissance-aircraft materiel-type:early-warning-aircraft)
    ("amphibious assault ship"@en vessel-type:amphibious-ship vessel-type:amphibious-assault-ship)
    ("amphibious transport dock"@en vessel-type:amphibious-ship vessel-type:amphibious-transport-dock)
    ("amphibious transport ship"@en vessel-type:amphibious-ship vessel-type:amphibious-transport-dock)
    ("anti-ship missile"@en materiel-type:missile materiel-type:anti-ship-missile)
    ("anti-tank missile"@en materiel-type:missile materiel-type:anti-tank-missile)
    ("artillery shell"@en materiel-type:munition materiel-type:artillery-shell)
    ("assault ship"@en vessel-type:amphibious-ship vessel-type:amphibious-assault-ship)
    ("attack helicopter"@en materiel-type:helicopter materiel-type:attack-helicopter)
    ("attack submarine"@en vessel-type:submarine vessel-type:attack-submarine)
    ("battlecruiser"@en vessel-type:cruiser vessel-type:battlecruiser)
    ("bomb"@en materiel-type:munition materiel-type:bomb)
    ("bulk carrier"@en vessel-type:transport-ship vessel-type:bulk-carrier)
    ("cluster bomb"@en materiel-type:munition materiel-type:cluster-munition)
    ("cluster munition"@en materiel-type:munition materiel-type:cluster-munition)
    ("container ship"@en vessel-type:transport-ship vessel-type:container-ship)
    ("diesel submarine"@en vessel-type:submarine vessel-type:diesel-electric-submarine)
    ("diesel-electric submarine"@en vessel-type:submarine vessel-type:diesel-electric-submarine)
    ("dock landing ship"@en vessel-type:amphibious-ship vessel-type:dock-landing-ship)
    ("early warning aircraft"@en materiel-type:reconnaissance-aircraft materiel-type:early-warning-aircraft)
    ("expeditionary sea base"@en vessel-type:auxiliary-ship vessel-type:expeditionary-sea-base)
    ("fast attack craft"@en vessel-type:missile-boat vessel-type:fast-attack-craft)
    ("fast boat"@en vessel-type:missile-boat vessel-type:small-boat)
    ("forward base ship"@en vessel-type:auxiliary-ship vessel-type:expeditionary-sea-base)
    ("gas carrier"@en vessel-type:tanker vessel-type:gas-carrier)
    ("gunboat"@en vessel-type:missile-boat vessel-type:gunboat)
    ("howitzer"@en materiel-type:artillery materiel-type:howitzer)
    ("landing craft"@en vessel-type:landing-ship vessel-type:landing-craft)
    ("landing helicopter dock"@en vessel-type:amphibious-ship vessel-type:amphibious-assault-ship)
    ("large landing ship"@en vessel-type:landing-ship vessel-type:tank-landing-ship)
    ("loitering munition"@en materiel-type:drone materiel-type:loitering-munition)
    ("mine hunter"@en vessel-type:minesweeper vessel-type:minehunter)
    ("minehunter"@en vessel-type:minesweeper vessel-type:minehunter)
    ("minelayer"@en vessel-type:minesweeper vessel-type:minelayer)
    ("mortar"@en materiel-type:artillery materiel-type:mortar)
    ("multiple launch rocket system"@en materiel-type:artillery materiel-type:rocket-launcher)
    ("multiple rocket launcher"@en materiel-type:artillery materiel-type:rocket-launcher)
    ("nuclear submarine"@en vessel-type:submarine vessel-type:nuclear-powered-submarine)
    ("nuclear-powered attack submarine"@en vessel-type:submarine vessel-type:attack-submarine)
    ("nuclear-powered submarine"@en vessel-type:submarine vessel-type:nuclear-powered-submarine)
    ("oceanographic ship"@en vessel-type:survey-ship vessel-type:research-ship)
    ("rescue ship"@en vessel-type:rescue-tug vessel-type:rescue-ship)
    ("rescue vessel"@en vessel-type:rescue-tug vessel-type:rescue-ship)
    ("research ship"@en vessel-type:survey-ship vessel-type:research-ship)
    ("research vessel"@en vessel-type:survey-ship vessel-type:research-ship)
    ("rocket launcher"@en materiel-type:artillery materiel-type:rocket-launcher)
    ("salvage ship"@en vessel-type:rescue-tug vessel-type:rescue-ship)
    ("sea base"@en vessel-type:auxiliary-ship vessel-type:expeditionary-sea-base)
    ("sea mine"@en materiel-type:munition materiel-type:sea-mine)
    ("shell"@en materiel-type:munition materiel-type:artillery-shell)
    ("speedboat"@en vessel-type:missile-boat vessel-type:small-boat)
    ("tank landing ship"@en vessel-type:landing-ship vessel-type:tank-landing-ship)
    ("torpedo"@en materiel-type:munition materiel-type:torpedo)
    ("torpedo boat"@en vessel-type:missile-boat vessel-type:torpedo-boat)
  }
  ?contribution ent:materielLabel ?label ; ent:materielType ?broad .
} ;

# 2. Dated statuses: an agreement that came out of a dated event, and stands where that event stands, reached its status then.
INSERT {
  ?agreement ent:statusChange ?change .
  ?change a ent:AgreementStatusChange ; ent:statusChangeOf ?agreement ; ent:newStatus ?new ; ent:changeEvent ?event ;
    ent:when ?when .
}
WHERE {
  VALUES (?old ?new) {
    (event-status:proposed agreement-status:proposed)
    (event-status:announced agreement-status:announced)
    (event-status:agreed agreement-status:agreed-in-principle)
    (event-status:signed agreement-status:signed)
    (event-status:ratified agreement-status:ratified)
    (event-status:in_force agreement-status:in-force)
    (event-status:extended agreement-status:extended)
    (event-status:suspended agreement-status:suspended)
    (event-status:terminated agreement-status:terminated)
  }
  ?event ent:resultsIn ?agreement ; ent:status ?old ; ent:when ?when .
  ?agreement ent:agreementStatus ?old .
  BIND(IRI(CONCAT(STR(?agreement), "/status-change/", STRAFTER(STR(?new), STR(agreement-status:)))) AS ?change)
}
