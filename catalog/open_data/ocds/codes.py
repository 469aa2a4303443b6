"""Our choices as codes of the standard; what has no code there is not in the table and is left out."""

from catalog.models import Contract, Document, Milestone, Party, Product

PARTY_ROLES = {
    Party.Role.BUYER: "buyer",
    Party.Role.SUPPLIER: "supplier",
    Party.Role.FINANCIER: "funder",
}
# A contract in dispute was signed and has not ended.
OCDS_STATUSES = {
    Contract.Status.SIGNED: "active",
    Contract.Status.IN_EXECUTION: "active",
    Contract.Status.DISPUTED: "active",
    Contract.Status.DELIVERED: "terminated",
    Contract.Status.ENDED_EARLY: "terminated",
}
MILESTONE_TYPES = {
    Milestone.Kind.DESIGN_APPROVAL: "approval",
    Milestone.Kind.TYPE_APPROVAL: "approval",
    Milestone.Kind.FIRST_DELIVERY: "delivery",
    Milestone.Kind.FINAL_DELIVERY: "delivery",
    Milestone.Kind.PAYMENT: "payment",
}
DOCUMENT_TYPES = {
    Document.Kind.SPECIFICATION: "technicalSpecifications",
    Document.Kind.STANDARD: "technicalSpecifications",
    Document.Kind.CONTRACT: "contractSigned",
    Document.Kind.IMAGE: "illustration",
}
PAGE = "contractSummary"
PRESS_REPORT = "pressReport"  # ours: the list is open and knows no report by a third party
# UN/CEFACT Recommendation 20, which the standard recommends.
OCDS_UNITS = {
    Product.Unit.PIECE: "H87",
    Product.Unit.MACHINE: "H87",
    Product.Unit.SET: "SET",
    Product.Unit.TYRE: "H87",
    Product.Unit.BED: "H87",
    Product.Unit.KIT: "KT",
    Product.Unit.LINE: "H87",
    Product.Unit.KG: "KGM",
    Product.Unit.TONNE: "TNE",
}
