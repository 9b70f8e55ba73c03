#include "attest/verdict/verdict.hpp"

namespace attest::verdict {

const char* to_string(Answer answer) {
    switch (answer) {
        case Answer::holds: return "verified";
        case Answer::fails: return "refuted";
        case Answer::undecided: return "undecided";
    }
    return "";
}

const char* to_string(Reason reason) {
    switch (reason) {
        case Reason::none: return "none";
        case Reason::deadline: return "deadline";
        case Reason::memory: return "memory";
        case Reason::unsupported: return "unsupported";
        case Reason::imprecise: return "imprecise";
        case Reason::interrupted: return "interrupted";
        case Reason::unchecked: return "unchecked";
    }
    return "";
}

const char* to_string(Evidence evidence) {
    switch (evidence) {
        case Evidence::none: return "none";
        case Evidence::refutation: return "refutation";
        case Evidence::exhaustion: return "exhaustion";
        case Evidence::enclosure: return "enclosure";
        case Evidence::witness: return "witness";
        case Evidence::unchecked: return "unchecked";
    }
    return "";
}

Reason reason_of(base::Limit limit) {
    switch (limit) {
        case base::Limit::deadline: return Reason::deadline;
        case base::Limit::memory: return Reason::memory;
        case base::Limit::interrupted: return Reason::interrupted;
    }
    return Reason::none;
}

}  // namespace attest::verdict
