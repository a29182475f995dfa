package presence.bench;

/** One program that measures. It is bounded in time and touches nothing but the loopback interface and files of its own. */
interface Program {
    /**
     * Measures and reports.
     *
     * @param quick whether a rough figure soon is wanted, to see that the program works
     * @param report where the figures go
     */
    void run(boolean quick, Report report) throws Exception;
}
