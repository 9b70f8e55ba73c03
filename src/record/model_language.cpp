#include "record/model_language.hpp"

#include "fields.hpp"

namespace attest::record {

namespace {

ModelLanguage::Algebra algebra_of(const language::Alphabet& alphabet, const certify::ClassReport& report) {
    ModelLanguage::Algebra algebra;
    algebra.monoid = report.found.monoid;
    algebra.largest_group = report.found.largest_group;
    if (report.stability) algebra.stability_index = report.stability->index;
    algebra.modulus = report.found.modulus;
    algebra.classes = class_rows(alphabet, report);
    return algebra;
}

std::vector<std::string> spelled(const language::Alphabet& alphabet, const std::vector<language::Word>& words) {
    std::vector<std::string> texts;
    for (const language::Word& word : words) texts.push_back(alphabet.spell(word));
    return texts;
}

void add_found(ModelLanguage& record, const language::Alphabet& alphabet, const certify::LanguageReport& report,
               const LanguageTexts& texts) {
    const induction::ModelLanguage& found = *report.found;
    record.automaton = automaton(found.automaton);
    record.machine_states = found.states;
    record.accepted = spelled(alphabet, texts.accepted);
    record.rejected = spelled(alphabet, texts.rejected);
    if (report.classes) record.algebra = algebra_of(alphabet, *report.classes);
    if (report.classes && report.classes->found.modulus)
        record.cascade = cascade(found.automaton, *report.classes->found.modulus);
    if (!report.classes) record.no_algebra = report.no_classes;
    record.ltl = texts.ltl;
    record.brasp = texts.brasp;
}

ModelLanguage::Recognition recognition_of(const certify::LanguageReport& report) {
    const verdict::Verdict& v = report.verdict;
    ModelLanguage::Recognition recognition;
    recognition.lengths = {report.from};
    recognition.verdict = v.word();
    if (v.is_undecided()) {
        recognition.reason = to_string(v.why().reason);
        recognition.detail = v.why().detail;
    }
    if (v.holds()) {
        const induction::Closure& c = report.found->closure;
        recognition.evidence = "closure";
        recognition.closure = {c.states, c.first, c.period, c.window};
    }
    if (v.kept()) recognition.certificate = v.digest();
    return recognition;
}

}  // namespace

ModelLanguage model_language(const network::Transformer& model, const certify::LanguageReport& report,
                             const LanguageTexts& texts) {
    ModelLanguage record;
    record.model = model.name;
    record.alphabet = model.alphabet.symbols();
    record.recognition = recognition_of(report);
    if (!report.map.empty()) record.map = report.map;
    if (report.found) add_found(record, model.alphabet, report, texts);
    record.seconds = report.seconds;
    return record;
}

template nlohmann::ordered_json write(const ModelLanguage&);
template std::optional<ModelLanguage> read(const base::Json&);

}  // namespace attest::record
