#include "record/least_class.hpp"

#include "fields.hpp"
#include "record/threshold.hpp"

namespace attest::record {

LeastClass::Question least_class_question(const threshold::NetworkClass& asked, const certify::Existence& existence) {
    const Threshold::Length as_length = threshold_length(0, existence);
    LeastClass::Question question;
    question.asked = {asked.layers, asked.heads, asked.activations};
    question.answer = as_length.answer;
    question.reason = as_length.reason;
    question.detail = as_length.detail;
    question.how = as_length.how;
    question.certificate = as_length.certificate;
    question.check_seconds = as_length.check_seconds;
    question.seconds = as_length.seconds;
    return question;
}

template nlohmann::ordered_json write(const LeastClass&);
template std::optional<LeastClass> read(const base::Json&);

}  // namespace attest::record
