# mvn package first; then: docker build -t account-security .
FROM eclipse-temurin:17.0.17_10-jre AS layers
WORKDIR /layers
COPY target/account-security-*.jar application.jar
RUN java -Djarmode=tools -jar application.jar extract --layers --destination extracted

FROM eclipse-temurin:17.0.17_10-jre
RUN useradd --system --no-create-home account-security
WORKDIR /application
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/spring-boot-loader/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
# classes as the JVM keeps them in memory, from one start with the demo's settings, so that a node starts faster
RUN java -XX:ArchiveClassesAtExit=application.jsa -Dspring.context.exit=onRefresh -jar application.jar \
    --spring.datasource.url=jdbc:h2:mem:training
USER account-security
EXPOSE 8080
# java itself gets the SIGTERM
ENTRYPOINT ["java", "-XX:SharedArchiveFile=application.jsa", "-jar", "application.jar"]
