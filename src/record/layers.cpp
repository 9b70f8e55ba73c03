#include "record/layers.hpp"

#include "fields.hpp"

namespace attest::record {

Layers layers(const language::Language& language, const classify::LayerClass& network,
              const certify::LayerReport& report, std::optional<std::uint64_t> built) {
    Layers record;
    record.language = language.name();
    record.tie = to_string(network.ties);
    record.read = network.reads_end ? "end" : "last";
    record.modulus = network.modulus;
    record.least = report.least;
    record.enough = report.enough;
    record.built = built;
    const language::Alphabet& alphabet = language.alphabet();
    for (const certify::LayerAnswer& a : report.answers) {
        Layers::Answer answer;
        answer.layers = a.layers;
        answer.answer = a.verdict.fails() ? "impossible" : a.found.is_closed ? "enough" : "undecided";
        if (!a.verdict.fails()) answer.detail = a.verdict.why().detail;
        if (a.found.pair) answer.words = {alphabet.spell(a.found.pair->first), alphabet.spell(a.found.pair->second)};
        answer.states = a.found.states;
        if (a.verdict.kept()) answer.certificate = a.verdict.digest();
        answer.seconds = a.verdict.spent.seconds;
        record.answers.push_back(std::move(answer));
    }
    record.seconds = report.seconds;
    return record;
}

template nlohmann::ordered_json write(const Layers&);
template std::optional<Layers> read(const base::Json&);

}  // namespace attest::record
