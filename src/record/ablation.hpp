#pragma once

#include <cstdint>

#include "attest/certify/ablation.hpp"
#include "attest/record/record.hpp"
#include "record/words.hpp"

namespace attest::record {

/// `attest ablate --json`: which parts of a model, or variables of a program, are enough.
struct Ablation {
    struct Robust {
        double value = 0;  ///< so far the vector that is read may move
        std::string guarantee;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("value", self.value);
            field.required("guarantee", self.guarantee);
        }
    };
    /// How near the constants that stand in a part's place are to its mean.
    struct Mean {
        std::string within;
        std::optional<std::string> by;  ///< `position`: there is one for each

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("within", self.within);
            field.optional("by", self.by);
        }
    };
    /// Whether the answer depends on some positions.
    struct Invariance {
        std::string verdict;
        std::optional<std::vector<std::string>> words;  ///< two that differ there only and are answered differently

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("verdict", self.verdict);
            field.optional("words", self.words);
        }
    };
    struct Need {
        std::string part;                 ///< `1.2`, `1.ff`; a variable's name
        std::optional<std::string> word;  ///< that is answered wrongly without it; nothing: not found out

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("part", self.part);
            field.optional("word", self.word);
        }
    };
    /// A set that is enough.
    struct Sufficient {
        std::vector<std::string> kept;
        std::string verdict;
        std::optional<Guaranteed> margin;  ///< of softmax models
        std::optional<Robust> robust;
        std::optional<Invariance> invariant;
        std::vector<Need> needs;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("kept", self.kept);
            field.required("verdict", self.verdict);
            field.optional("margin", self.margin);
            field.optional("robust", self.robust);
            field.optional("invariant", self.invariant);
            field.required("needs", self.needs);
        }
    };
    /// A set that is not enough.
    struct Broken {
        std::vector<std::string> without;
        std::string word;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("without", self.without);
            field.required("word", self.word);
        }
    };

    std::string model;  ///< its name
    std::int64_t length = 0;
    std::optional<bool> same;  ///< as the whole model answers; else the language as the user named it
    std::optional<std::string> language;
    std::optional<std::string> task;                     ///< of a program, in place of a language
    std::optional<Members> map;                          ///< what symbols of the model mean
    std::optional<bool> edges;                           ///< what is taken away is what heads read of earlier heads
    std::optional<std::string> robust;                   ///< the vector that is read may move so far
    std::optional<std::vector<std::int64_t>> invariant;  ///< positions on which the answer may not depend
    std::optional<Mean> mean;                            ///< what is taken away adds its mean
    std::vector<std::string> parts;                      ///< all
    std::optional<std::string> wrong;                    ///< a word on which the whole model is
    std::vector<Sufficient> sufficient;
    bool smallest = false, all = false;  ///< none of fewer parts is enough; there are no others of this size
    std::vector<Broken> broken;
    std::optional<std::vector<std::string>> words;  ///< one of them breaks each smaller set, as a solver says
    std::size_t decided = 0;                        ///< sets about which all words were asked
    std::optional<std::string> reason, detail;      ///< why not all was found out
    double seconds = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "ablate");
        field.required("model", self.model);
        field.required("length", self.length);
        field.optional("same", self.same);
        field.optional("language", self.language);
        field.optional("task", self.task);
        field.optional("map", self.map);
        field.optional("edges", self.edges);
        field.optional("robust", self.robust);
        field.optional("invariant", self.invariant);
        field.optional("mean", self.mean);
        field.required("parts", self.parts);
        field.optional("wrong", self.wrong);
        field.required("sufficient", self.sufficient);
        field.required("smallest", self.smallest);
        field.required("all", self.all);
        field.required("broken", self.broken);
        field.optional("words", self.words);
        field.required("decided", self.decided);
        field.optional("reason", self.reason);
        field.optional("detail", self.detail);
        field.required("seconds", self.seconds);
    }
};

/// What `ablate` was asked, as its output names it.
struct AblationAsked {
    std::string model;  ///< its name
    const language::Alphabet& alphabet;
    const network::Transformer* transformer = nullptr;  ///< null: the model is a program
    std::string language;                               ///< as the user named it
    std::string task;                                   ///< likewise; both empty: as the whole model answers
    Members map;
    certify::Taken taken = certify::Taken::parts;
    std::string robust = {};                   ///< as the user wrote it; empty: the vector that is read does not move
    std::vector<std::int64_t> invariant = {};  ///< positions; empty: not asked
};

Ablation ablation(const AblationAsked& asked, const certify::Ablation& found);

}  // namespace attest::record
