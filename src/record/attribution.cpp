#include "record/attribution.hpp"

#include "fields.hpp"

namespace attest::record {

namespace {

using Part = soft::Contribution::Part;

const char* name_of(Part part) {
    switch (part) {
        case Part::embedding: return "embedding";
        case Part::head: return "head";
        case Part::feedforward: return "feedforward";
        case Part::norms: return "norms";
        case Part::readout: return "readout";
    }
    return "";
}

std::vector<std::string> ball_ends(const exact::Ball& ball) { return {ball.lower_text(), ball.upper_text()}; }

}  // namespace

Attribution attribution(const network::Transformer& transformer, const soft::Attribution& found) {
    Attribution record;
    for (const soft::Contribution& from : found.parts) {
        Attribution::Part& to = record.parts.emplace_back();
        to.part = name_of(from.part);
        if (from.part == Part::head || from.part == Part::feedforward)
            to.layer = static_cast<std::int64_t>(from.layer) + 1;
        if (from.part == Part::head) to.head = static_cast<std::int64_t>(from.head) + 1;
        to.adds = ball_ends(from.adds);
    }
    record.sum = ball_ends(found.sum);
    if (found.accepted) record.accepted = transformer.readout.classes->names[*found.accepted];
    if (found.rejected) record.rejected = transformer.readout.classes->names[*found.rejected];
    return record;
}

template nlohmann::ordered_json write(const Attribution&);

}  // namespace attest::record
