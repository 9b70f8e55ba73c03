#include "record/invariance.hpp"

#include "fields.hpp"

namespace attest::record {

Invariance::Answer invariance_answer(const certify::OrderAnswer& answer) {
    Invariance::Answer record;
    record.of = answer.of_language ? "language" : "model";
    record.invariance = to_string(answer.invariance);
    record.verdict = answer.verdict.word();
    if (!answer.shown_by.empty()) record.evidence = answer.shown_by;
    if (answer.words) record.words = {answer.words->first, answer.words->second};
    if (answer.words && !answer.time)
        record.answers = answer.accepts ? std::vector<std::string>{"accept", "reject"}
                                        : std::vector<std::string>{"reject", "accept"};
    if (answer.time) record.time = *answer.time;
    if (!answer.obstacle.empty()) record.obstacle = answer.obstacle;
    if (answer.verdict.is_undecided()) {
        record.reason = to_string(answer.verdict.why().reason);
        record.detail = answer.verdict.why().detail;
    }
    if (answer.verdict.kept()) record.certificate = answer.verdict.digest();
    record.seconds = answer.verdict.spent.seconds;
    return record;
}

Invariance::Reading invariance_reading(const order::Reading& reading) {
    return {reading.where, reading.order, reading.proportion, reading.is_own};
}

template nlohmann::ordered_json write(const Invariance&);
template std::optional<Invariance> read(const base::Json&);

}  // namespace attest::record
