#pragma once

#include <cstdint>

#include "attest/record/record.hpp"
#include "measure/progress/measures.hpp"

namespace attest::record {

/// `attest progress --json`: how training went, checkpoint by checkpoint. Numbers are rounded doubles.
struct Progress {
    struct Checkpoint {
        std::string file;
        std::optional<std::uint64_t> epoch;
        double train_loss = 0, test_loss = 0;
        std::uint64_t right = 0, test_right = 0;
        double margin = 0;
        std::vector<std::uint64_t> margin_at;
        double restricted_loss = 0, restricted_test_loss = 0, excluded_loss = 0;
        std::vector<double> excluded_each;
        double gini_embedding = 0, gini_neurons = 0, gini_embedding_frequencies = 0, gini_neurons_frequencies = 0;
        double squared_norm = 0, key_share = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("file", self.file);
            field.optional("epoch", self.epoch);
            field.required("train_loss", self.train_loss);
            field.required("test_loss", self.test_loss);
            field.required("right", self.right);
            field.required("test_right", self.test_right);
            field.required("margin", self.margin);
            field.required("margin_at", self.margin_at);
            field.required("restricted_loss", self.restricted_loss);
            field.required("restricted_test_loss", self.restricted_test_loss);
            field.required("excluded_loss", self.excluded_loss);
            field.required("excluded_each", self.excluded_each);
            field.required("gini_embedding", self.gini_embedding);
            field.required("gini_neurons", self.gini_neurons);
            field.required("gini_embedding_frequencies", self.gini_embedding_frequencies);
            field.required("gini_neurons_frequencies", self.gini_neurons_frequencies);
            field.required("squared_norm", self.squared_norm);
            field.required("key_share", self.key_share);
        }
    };

    struct Phase {
        std::string name, from, to;  ///< epochs, or files where they have none

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("name", self.name);
            field.required("from", self.from);
            field.required("to", self.to);
        }
    };

    std::string task;
    std::uint64_t modulus = 0, train_pairs = 0, test_pairs = 0;
    std::vector<std::uint64_t> keys;
    std::vector<Checkpoint> checkpoints;
    std::vector<Phase> phases;
    double seconds = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "progress");
        field.required("task", self.task);
        field.required("modulus", self.modulus);
        field.required("train_pairs", self.train_pairs);
        field.required("test_pairs", self.test_pairs);
        field.required("keys", self.keys);
        field.required("checkpoints", self.checkpoints);
        field.required("phases", self.phases);
        field.required("seconds", self.seconds);
    }
};

Progress::Checkpoint progress_checkpoint(const std::string& file, const progress::Measures& found);

}  // namespace attest::record
